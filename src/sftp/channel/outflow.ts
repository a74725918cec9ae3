import type { Socket } from 'node:net';

/** What may wait in a connection for its client to read before its requests have to wait too. */
const FULL = 2 * 1024 * 1024;

/** What a connection has still to send; its channels share it. */
export interface Outflow {
  /** Whether nothing more should be made to send. */
  isFull(): boolean;
  /** What is sent within leaves in as few system calls as possible. */
  together(work: () => void): void;
}

export interface SocketOutflowOptions {
  /** Called when it may be full no longer. */
  readonly hasRoom: () => void;
  /** Others come first for now; `hasRoom` is called when that has changed. */
  readonly mustWait: () => boolean;
}

export class SocketOutflow implements Outflow {
  readonly #socket: Socket;
  readonly #options: SocketOutflowOptions;
  #isHeld = false;

  constructor(socket: Socket, options: SocketOutflowOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('drain', options.hasRoom);
  }

  isFull(): boolean {
    return this.#isHeld || this.#socket.writableLength > FULL || this.#options.mustWait();
  }

  together(work: () => void): void {
    this.#socket.cork();
    try {
      work();
    } finally {
      this.#socket.uncork();
    }
  }

  /** Counts as full until it is released: new keys are being agreed on, and what is sent meanwhile only piles up. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#options.hasRoom();
  }
}
