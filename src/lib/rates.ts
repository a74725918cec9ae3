import { BoundedMap } from './bounded-map.ts';
import { type Bucket, fullBucket, type Rate, takeToken } from './token-bucket.ts';

/** Buckets remembered at once; one forgotten starts full again. */
const MOST_BUCKETS = 100_000;

/** The request rates of one API that are switched on: settings `<api>.rate.<name>` and `<api>.burst.<name>`. */
export class Rates {
  readonly #rates: ReadonlyMap<string, Rate>;
  readonly #buckets = new BoundedMap<string, Bucket>(MOST_BUCKETS);
  readonly #now: () => number;

  constructor(api: string, limits: Readonly<Record<string, number>>, now: () => number) {
    this.#rates = configuredRates(api, limits);
    this.#now = now;
  }

  get areOff(): boolean {
    return this.#rates.size === 0;
  }

  /** Whether a call may go on now; always when its rate is not switched on. `owner` has a bucket of its own. */
  allow(name: string, owner: string): boolean {
    const rate = this.#rates.get(name);
    if (rate === undefined) return true;
    const key = `${name} ${owner}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = fullBucket(rate, this.#now());
      this.#buckets.set(key, bucket);
    }
    return takeToken(bucket, rate, this.#now());
  }
}

/** A burst that is not given is one second's worth. */
function configuredRates(api: string, limits: Readonly<Record<string, number>>): ReadonlyMap<string, Rate> {
  const prefix = `${api}.rate.`;
  const rates = new Map<string, Rate>();
  for (const [limit, perSecond] of Object.entries(limits)) {
    if (!limit.startsWith(prefix) || perSecond === 0) continue;
    const name = limit.slice(prefix.length);
    rates.set(name, { perSecond, burst: limits[`${api}.burst.${name}`] || perSecond });
  }
  return rates;
}
