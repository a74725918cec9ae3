import { Rates as KeyedRates } from '../../lib/rates.ts';
import type { World } from './world.ts';

/**
 * The request rates that are switched on under `limits:`, each per account and region. Names are those of operations;
 * `decision.NAME` is for one kind of decision, `execution.NAME` for an operation on one execution.
 */
export class Rates {
  readonly #rates: KeyedRates;

  constructor(limits: Readonly<Record<string, number>>, now: () => number) {
    this.#rates = new KeyedRates('swf', limits, now);
  }

  get areOff(): boolean {
    return this.#rates.areOff;
  }

  /** Whether a call may go on now; always when its rate is not switched on. `of` tells apart what has a bucket of its own. */
  allow(name: string, { account, region }: World, of = ''): boolean {
    return this.#rates.allow(name, `${account} ${region} ${of}`);
  }
}
