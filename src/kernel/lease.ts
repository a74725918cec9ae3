import type { Timers } from './timers.ts';

/** A right to work that ends unless it is renewed in time. */
export interface Lease {
  renew(): void;
  release(): void;
}

/** Calls `lost` once when `length` milliseconds pass without a renewal. */
export function takeLease(timers: Timers, terms: LeaseTerms): Lease {
  const timer = { due: 0, place: -1, fire: terms.lost };
  const renew = (): void => timers.set(timer, terms.now() + terms.length);
  renew();
  return { renew, release: () => timers.clear(timer) };
}

export interface LeaseTerms {
  readonly now: () => number;
  readonly length: number;
  readonly lost: () => void;
}
