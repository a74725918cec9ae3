import { connect, type Socket } from 'node:net';
import { type Reply, ReplyReader } from './reply-reader.ts';

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** One keep-alive connection, one request at a time; opened by its first request and again after the server hung up. */
export class Connection {
  readonly #host: string;
  readonly #port: number;
  readonly #buffer: Buffer;
  readonly #reader = new ReplyReader();
  #socket: Socket | undefined;
  #waiting: Waiting | undefined;

  /** `buffer` receives what the socket reads; connections of one thread may share it. */
  constructor(address: { readonly host: string; readonly port: number }, buffer: Buffer) {
    this.#host = address.host;
    this.#port = address.port;
    this.#buffer = buffer;
  }

  /** Sends a whole request, ASCII only; rejects when the connection breaks before the answer is whole. */
  send(request: string): Promise<Reply> {
    if (this.#waiting) throw new Error('a request is already waiting on this connection');
    this.#socket ??= this.#open();
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect({
      host: this.#host,
      port: this.#port,
      noDelay: true,
      onread: { buffer: this.#buffer, callback: (count) => this.#received(count) },
    });
    socket.on('error', (error) => this.#broken(socket, error));
    socket.on('close', () => this.#broken(socket, new Error('connection closed')));
    return socket;
  }

  #received(count: number): boolean {
    const reply = this.#reader.read(this.#buffer.subarray(0, count));
    if (!reply) return true;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(reply);
    return true;
  }

  #broken(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#reader.reset();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}
