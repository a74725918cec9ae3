import type { Timers } from './timers.ts';

/** A right to work that ends unless it is renewed in time; what has ended is not renewed. */
export interface Lease {
  renew(): void;
  release(): void;
}

/** Calls `lost` once when `length` milliseconds pass without a renewal. */
export function takeLease(timers: Timers, terms: LeaseTerms): Lease {
  let isHeld = true;
  const end = (): void => {
    isHeld = false;
    timers.clear(timer);
  };
  const lose = (): void => {
    end();
    terms.lost();
  };
  const timer = { due: 0, place: -1, fire: lose };
  const renew = (): void => {
    if (isHeld) timers.set(timer, terms.now() + terms.length);
  };
  renew();
  return { renew, release: end };
}

export interface LeaseTerms {
  readonly now: () => number;
  readonly length: number;
  readonly lost: () => void;
}
