import type { MessagePort } from 'node:worker_threads';
import { ByteReader } from './byte-reader.ts';
import { PIECE_BYTES, type ToJob } from './job-messages.ts';

/** Sends the input through the port, a piece each time it is asked to. */
export class Source {
  readonly #reader: ByteReader;
  readonly #port: MessagePort;
  readonly #failed: (error: unknown) => void;
  /** A place for each piece that is asked for, or undefined for one yet to be made. */
  readonly #wanted: (ArrayBuffer | undefined)[] = [];
  #isReading = false;
  #isOver = false;

  constructor(input: AsyncIterable<Uint8Array>, port: MessagePort, failed: (error: unknown) => void) {
    this.#reader = new ByteReader(input);
    this.#port = port;
    this.#failed = failed;
  }

  send(room: ArrayBuffer | undefined): void {
    this.#wanted.push(room);
    if (!this.#isReading) void this.#read();
  }

  /** Lets go of the input; does not wait for what is just being read. */
  async end(): Promise<void> {
    this.#isOver = true;
    const ended = this.#reader.end();
    if (this.#isReading) ended.catch(() => undefined);
    else await ended;
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#wanted.length > 0 && !this.#isOver) {
        // The caller's own bytes stay with the caller.
        const room = Buffer.from(this.#wanted.shift() ?? Buffer.allocUnsafeSlow(PIECE_BYTES).buffer);
        const count = await this.#reader.fill(room);
        if (count > 0) this.#post({ kind: 'input', bytes: room.subarray(0, count) }, room.buffer);
        if (count < room.length) {
          this.#isOver = true;
          this.#post({ kind: 'input-end' });
        }
      }
    } catch (error) {
      this.#isOver = true;
      this.#failed(error);
    } finally {
      this.#isReading = false;
    }
  }

  #post(message: ToJob, ...moved: ArrayBuffer[]): void {
    this.#port.postMessage(message, moved);
  }
}
