import type { StepReader } from '../../../apis/api.ts';
import { BoundedMap } from '../../../lib/bounded-map.ts';
import type { ReadExecutions } from './visible.ts';

const EVENTS_AT_ONCE = 500;
/** So many executions are followed without being read from their beginning again and again. */
const KEPT = 16;

interface Kept {
  readonly reader: StepReader;
  /** Events that it has read. */
  events: number;
  /** Until what was asked for before has been read. */
  reading: Promise<void>;
}

/** Readers of steps that have read histories in part, so that who asks again makes them read only what is new. */
export class StepReaders {
  readonly #kernel: Pick<ReadExecutions, 'history'>;
  readonly #kept = new BoundedMap<string, Kept>(KEPT);

  constructor(kernel: Pick<ReadExecutions, 'history'>) {
    this.#kernel = kernel;
  }

  /** A reader that has read so many events at least, which must be durable. */
  async read(id: string, events: number, begin: () => StepReader): Promise<StepReader> {
    const kept = this.#kept.get(id) ?? { reader: begin(), events: 0, reading: Promise.resolve() };
    this.#kept.set(id, kept);
    const reading = kept.reading.then(() => this.#readOn(id, kept, events));
    // Who comes next goes on where this one was stopped.
    kept.reading = reading.catch(() => {});
    await reading;
    return kept.reader;
  }

  async #readOn(id: string, kept: Kept, events: number): Promise<void> {
    while (kept.events < events) {
      const from = kept.events + 1;
      const texts = await this.#kernel.history(id, from, Math.min(events, from + EVENTS_AT_ONCE - 1));
      if (texts.length === 0) throw new Error(`the history of ${id} ends before event ${from}`);
      for (const text of texts) {
        kept.events += 1;
        kept.reader.read(text, kept.events);
      }
    }
  }
}
