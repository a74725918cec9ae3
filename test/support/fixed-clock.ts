import type { Clock } from '../../src/kernel/clock.ts';

interface Call {
  readonly time: number;
  readonly call: () => void;
}

/** A clock that stands still until it is moved. What is due at once is called in the background, as by a real clock. */
export interface FixedClock extends Clock {
  /** Moves on step by step: each call that comes due sees the time it was set for, and may set others. */
  advance(milliseconds: number): void;
  /** Sets the time without calling anything, as a machine that slept or was corrected does. */
  jump(time: number): void;
  /** Calls nothing any more, as when the process has died. */
  stop(): void;
  /** Calls that wait for their time. */
  readonly waiting: number;
}

export function createFixedClock(start = 1_700_000_000_000): FixedClock {
  const calls = new Set<Call>();
  let now = start;
  let isStopped = false;
  const make = (entry: Call): void => {
    if (calls.delete(entry) && !isStopped) entry.call();
  };
  const soonest = (): Call | undefined => {
    let first: Call | undefined;
    for (const entry of calls) if (first === undefined || entry.time < first.time) first = entry;
    return first;
  };
  return {
    now: () => now,
    at: (time, call) => {
      const entry = { time, call };
      calls.add(entry);
      if (time <= now) setImmediate(make, entry);
      return () => calls.delete(entry);
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (let next = soonest(); next !== undefined && next.time <= end; next = soonest()) {
        now = Math.max(now, next.time);
        make(next);
      }
      now = end;
    },
    jump: (time) => {
      now = time;
    },
    stop: () => {
      isStopped = true;
    },
    get waiting() {
      return calls.size;
    },
  };
}
