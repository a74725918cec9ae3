import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as NodeJS.GCFunction;
// No other context shall have it.
setFlagsFromString('--no-expose-gc');

/** Each byte that moves is in up to four buffers, one after the other; those that are left meanwhile stay well below 64 MB. */
const MOVED = 6 * 1024 * 1024;

/**
 * V8 goes through the whole heap each time 64 MB of buffers have been made, though nearly all of them are young and dead: with the
 * heap of a full server that was a third of the CPU of a transfer. To go through the young objects alone takes a millisecond.
 */
export class BufferGarbage {
  #moved = 0;

  /** So many bytes were received or sent. */
  moved(bytes: number): void {
    this.#moved += bytes;
    if (this.#moved < MOVED) return;
    this.#moved = 0;
    void collect({ type: 'minor', execution: 'sync' });
  }
}
