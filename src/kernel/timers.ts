import type { Clock } from './clock.ts';

/** Something to call when its time has come. Create with `due: 0`, then hand to `Timers.set`. */
export interface Timer {
  due: number;
  /** Place in the heap, or -1 while not in it. Belongs to `Timers`. */
  place: number;
  readonly fire: () => void;
}

/** Due timers fired before other work gets its turn. */
const FIRED_AT_ONCE = 500;

/** All wake times of a process in one heap behind one clock call: setting and clearing cost O(log n), waiting nothing. */
export class Timers {
  readonly #clock: Clock;
  readonly #heap: Timer[] = [];
  #armedFor = Number.POSITIVE_INFINITY;
  #isStopped = false;
  #disarm: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#heap.length;
  }

  /** Fires once at `due` (epoch milliseconds) or soon after; replaces an earlier setting of the same timer. */
  set(timer: Timer, due: number): void {
    if (this.#isStopped) return;
    const isNew = timer.place < 0;
    const before = timer.due;
    timer.due = due;
    if (isNew) {
      timer.place = this.#heap.push(timer) - 1;
      this.#up(timer);
    } else if (due < before) this.#up(timer);
    else this.#down(timer);
    this.#arm();
  }

  clear(timer: Timer): void {
    if (timer.place < 0) return;
    const last = this.#heap.pop() as Timer;
    if (last !== timer) {
      last.place = timer.place;
      this.#heap[last.place] = last;
      this.#up(last);
      this.#down(last);
    }
    timer.place = -1;
  }

  /** Clears all timers; none fires any more. */
  stop(): void {
    this.#disarm();
    for (const timer of this.#heap) timer.place = -1;
    this.#heap.length = 0;
    this.#isStopped = true;
  }

  #arm(): void {
    const head = this.#heap[0];
    if (head === undefined || head.due >= this.#armedFor) return;
    this.#disarm();
    this.#armedFor = head.due;
    this.#disarm = this.#clock.at(head.due, () => this.#fireDue());
  }

  #fireDue(): void {
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    try {
      for (let fired = 0; fired < FIRED_AT_ONCE; fired++) {
        const head = this.#heap[0];
        if (head === undefined || head.due > now) break;
        this.clear(head);
        head.fire();
      }
    } finally {
      this.#arm();
    }
  }

  #up(timer: Timer): void {
    const heap = this.#heap;
    while (timer.place > 0) {
      const parentPlace = (timer.place - 1) >> 1;
      const parent = heap[parentPlace] as Timer;
      if (parent.due <= timer.due) return;
      this.#swap(timer, parent);
    }
  }

  #down(timer: Timer): void {
    const heap = this.#heap;
    for (;;) {
      const left = heap[timer.place * 2 + 1];
      if (left === undefined) return;
      const right = heap[timer.place * 2 + 2];
      const child = right !== undefined && right.due < left.due ? right : left;
      if (timer.due <= child.due) return;
      this.#swap(child, timer);
    }
  }

  #swap(a: Timer, b: Timer): void {
    const place = a.place;
    a.place = b.place;
    b.place = place;
    this.#heap[a.place] = a;
    this.#heap[b.place] = b;
  }
}
