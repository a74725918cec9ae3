import type { MessagePort } from 'node:worker_threads';
import type { ToJob } from './job-messages.ts';

/** Reads the input piece by piece, as often as it is asked to, and sends it through the port. */
export class Source {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #port: MessagePort;
  readonly #failed: (error: Error) => void;
  #wanted = 0;
  #isReading = false;
  #hasEnded = false;

  constructor(input: AsyncIterable<Uint8Array>, port: MessagePort, failed: (error: Error) => void) {
    this.#pieces = input[Symbol.asyncIterator]();
    this.#port = port;
    this.#failed = failed;
  }

  send(): void {
    this.#wanted += 1;
    if (!this.#isReading) void this.#read();
  }

  /** Lets go of the input; does not wait for a piece that is just being read. */
  async end(): Promise<void> {
    const hadEnded = this.#hasEnded;
    this.#hasEnded = true;
    if (hadEnded) return;
    const returned = Promise.resolve(this.#pieces.return?.());
    if (this.#isReading) returned.catch(() => undefined);
    else await returned;
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#wanted > 0 && !this.#hasEnded) {
        const { done, value } = await this.#pieces.next();
        if (this.#hasEnded) return;
        this.#wanted -= 1;
        if (done === true) this.#hasEnded = true;
        if (done === true) this.#port.postMessage({ kind: 'input-end' } satisfies ToJob);
        else this.#post(value);
      }
    } catch (error) {
      this.#hasEnded = true;
      this.#failed(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#isReading = false;
    }
  }

  /** The caller's own bytes stay with the caller. */
  #post(piece: Uint8Array): void {
    const bytes = Uint8Array.from(piece);
    this.#port.postMessage({ kind: 'input', bytes } satisfies ToJob, [bytes.buffer]);
  }
}
