import { BoundedMap } from '../../lib/bounded-map.ts';
import { type Bucket, fullBucket, type Rate, takeToken } from '../../lib/token-bucket.ts';
import type { World } from './world.ts';

/** Buckets remembered at once; one forgotten starts full again. */
const MOST_BUCKETS = 100_000;

const BURST = 'swf.burst.';
const RATE = 'swf.rate.';

/**
 * The request rates that are switched on under `limits:`, each per account and region. Names are those of operations;
 * `decision.NAME` is for one kind of decision, `execution.NAME` for an operation on one execution.
 */
export class Rates {
  readonly #rates: ReadonlyMap<string, Rate>;
  readonly #buckets = new BoundedMap<string, Bucket>(MOST_BUCKETS);
  readonly #now: () => number;

  constructor(limits: Readonly<Record<string, number>>, now: () => number) {
    this.#rates = configuredRates(limits);
    this.#now = now;
  }

  get areOff(): boolean {
    return this.#rates.size === 0;
  }

  /** Whether a call may go on now; always when its rate is not switched on. `of` tells apart what has a bucket of its own. */
  allow(name: string, { account, region }: World, of = ''): boolean {
    const rate = this.#rates.get(name);
    if (rate === undefined) return true;
    const key = `${name} ${account} ${region} ${of}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = fullBucket(rate, this.#now());
      this.#buckets.set(key, bucket);
    }
    return takeToken(bucket, rate, this.#now());
  }
}

/** A burst that is not given is one second's worth. */
function configuredRates(limits: Readonly<Record<string, number>>): ReadonlyMap<string, Rate> {
  const rates = new Map<string, Rate>();
  for (const [limit, perSecond] of Object.entries(limits)) {
    if (!limit.startsWith(RATE) || perSecond === 0) continue;
    const name = limit.slice(RATE.length);
    rates.set(name, { perSecond, burst: limits[BURST + name] || perSecond });
  }
  return rates;
}
