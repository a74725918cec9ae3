export interface TurnsOptions {
  readonly now: () => number;
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

export interface Participant {
  /** Takes nothing more in until it is resumed. */
  hold(): void;
  resume(): void;
}

/** Milliseconds of one turn of the event loop that all connections together may take. */
const SHARE = 8;

/**
 * Divides the time of the event loop: ciphers run on it, and without this many connections that send at once would keep all else
 * that the process does waiting for a chunk of each. Who works asks after each piece of work.
 */
export class Turns {
  readonly #options: TurnsOptions;
  #startedAt: number | undefined;
  #isOver = false;
  readonly #waiting = new Set<Participant>();
  #working = new Set<Participant>();
  #workedBefore = new Set<Participant>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Whether the share of this turn is used up; who asks is then resumed in the next. */
  isOver(participant: Participant): boolean {
    this.#startedAt ??= this.#start();
    this.#working.add(participant);
    if (!this.#isOver && this.#hasOthers(participant) && this.#options.now() - this.#startedAt >= SHARE)
      this.#end();
    if (this.#isOver) this.#waiting.add(participant);
    return this.#isOver;
  }

  /** One alone is stopped often enough by the event loop itself, and would only be slowed down. */
  #hasOthers(participant: Participant): boolean {
    const others = (all: ReadonlySet<Participant>): number => all.size - Number(all.has(participant));
    return others(this.#working) + others(this.#workedBefore) > 0;
  }

  /** The timer is due by the time the share is used up, so that nobody waits longer than for what else there is to do. */
  #start(): number {
    this.#options.after(1, () => this.#next());
    return this.#options.now();
  }

  /** Who has worked lately has more to do, and is held before it begins. */
  #end(): void {
    this.#isOver = true;
    for (const participant of new Set([...this.#workedBefore, ...this.#working])) {
      participant.hold();
      this.#waiting.add(participant);
    }
  }

  /** Those that have not worked in the last turn come first. */
  #next(): void {
    const waiting = [...this.#waiting].sort(
      (one, other) => Number(this.#working.has(one)) - Number(this.#working.has(other)),
    );
    this.#waiting.clear();
    this.#workedBefore = this.#working;
    this.#working = new Set();
    this.#startedAt = undefined;
    this.#isOver = false;
    for (const participant of waiting) participant.resume();
  }
}
