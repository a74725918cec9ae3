/** The only source of time. Tests pass one that they move by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls once at `time` or soon after, in the background; gives a function that calls it off. */
  at(time: number, call: () => void): () => void;
}

/** Longest delay a Node timer can hold; later times are reached in several steps. */
const LONGEST_DELAY = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  at: (time, call) => {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const delay = time - Date.now();
      timer = delay > LONGEST_DELAY ? setTimeout(wait, LONGEST_DELAY) : setTimeout(call, Math.max(0, delay));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
