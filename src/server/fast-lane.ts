import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import { GrowingBytes } from '../lib/growing-bytes.ts';
import { RequestTooLarge } from '../wire/errors.ts';
import type { Arrival } from './entrance.ts';
import type { ServerLimits } from './limits.ts';
import type { OpenCalls } from './open-calls.ts';
import type { Peer, PeerWatcher } from './peer.ts';
import type { Answer, Serve } from './pipeline.ts';
import { type PlainRequest, parsePlainRequest } from './plain-request.ts';

export interface FastLaneOptions {
  /** Who serves a request; undefined for one that is meant for no API. */
  readonly serveOf: (request: PlainRequest) => Serve | undefined;
  readonly open: OpenCalls;
  readonly limits: ServerLimits;
  readonly clock: Clock;
}

type TakeConnection = (socket: Socket) => void;

/**
 * Puts a short cut before Node's HTTP server: a plain request that is there as a whole is served without the objects and
 * streams that cost a server more than such a request itself. The first bytes of a connection that are anything else send
 * it to Node's parser, for good. Gives a function that closes idle connections, and all of them when told so.
 */
export function openFastLane(server: Server, options: FastLaneOptions): (all: boolean) => void {
  const slow = server.listeners('connection') as TakeConnection[];
  server.removeAllListeners('connection');
  const connections = new Set<FastConnection>();
  const date = httpDate(options.clock);
  // Node lets a connection be given to its server at any time; what was read of it before has to follow by hand.
  const toSlowLane = (socket: Socket, bytes: Buffer): void => {
    for (const take of slow) take.call(server, socket);
    socket.emit('data', bytes);
  };
  const forget = (connection: FastConnection): boolean => connections.delete(connection);
  const shared = { ...options, date, keepAlive: keepAliveHeaders(options.limits), toSlowLane, forget };
  server.on('connection', (socket: Socket) => connections.add(new FastConnection(socket, shared)));
  return (all) => {
    for (const connection of connections) connection.close(all);
  };
}

interface ConnectionOptions extends FastLaneOptions {
  readonly date: () => string;
  readonly keepAlive: string;
  readonly toSlowLane: (socket: Socket, bytes: Buffer) => void;
  readonly forget: (connection: FastConnection) => void;
}

/** One connection for as long as all that comes over it is plain. */
class FastConnection implements Peer {
  readonly address: string;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #listeners: Readonly<Record<string, (bytes: Buffer) => void>> = {
    data: (bytes) => this.#receive(bytes),
    // As Node's server does: a client that closes its side is not waiting for an answer either.
    end: () => this.#socket.destroySoon(),
    close: () => this.#closed(),
    error: () => this.#socket.destroy(),
    timeout: () => this.close(false),
    drain: () => this.#proceed(),
  };
  /** A request is being served, or its answer not yet taken. */
  #isBusy = false;
  /** What has come meanwhile. */
  readonly #waiting = new GrowingBytes();
  /** Of the request being served. */
  #watchers: PeerWatcher[] = [];

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.address = socket.remoteAddress ?? '';
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener);
    socket.setTimeout(options.limits.headerTime);
  }

  get isGone(): boolean {
    return this.#socket.destroyed || this.#socket.writableEnded;
  }

  watch(watcher: PeerWatcher): void {
    this.#watchers.push(watcher);
  }

  unwatch(watcher: PeerWatcher): void {
    const place = this.#watchers.indexOf(watcher);
    if (place >= 0) this.#watchers.splice(place, 1);
  }

  close(evenIfBusy: boolean): void {
    if (evenIfBusy) this.#socket.destroy();
    else if (!this.#isBusy) this.#socket.destroySoon();
  }

  #receive(bytes: Buffer): void {
    if (this.#isBusy) this.#keep(bytes);
    else this.#next(bytes);
  }

  /** A client may send its next requests early, but not more of them than one may be large. */
  #keep(bytes: Buffer): void {
    this.#waiting.add(bytes);
    if (this.#waiting.size > this.#options.limits.requestSize) this.#socket.pause();
  }

  #next(bytes: Buffer): void {
    const { limits, serveOf } = this.#options;
    const request = parsePlainRequest(bytes, limits);
    const serve = request && serveOf(request);
    if (request === undefined || serve === undefined) {
      this.#leave();
      this.#options.toSlowLane(this.#socket, bytes);
      return;
    }
    if (request.size < bytes.length) this.#keep(bytes.subarray(request.size));
    this.#isBusy = true;
    this.#options.open.begin();
    void this.#answer(serve(this.#arrivalOf(request)));
  }

  #arrivalOf(request: PlainRequest): Arrival {
    return {
      target: request.headers['x-amz-target'] ?? '',
      headers: request.headers,
      peer: this,
      read: (bodyLimit = request.size) => {
        if (request.body.length > bodyLimit) throw new RequestTooLarge(bodyLimit);
        return request;
      },
    };
  }

  async #answer(answering: ReturnType<Serve>): Promise<void> {
    const { open } = this.#options;
    const answer = await answering;
    const answered = answer !== undefined && !this.isGone;
    if (answered) this.#send(answer, open.stopping);
    this.#over(answered);
    open.end();
    if (!this.#socket.writableNeedDrain) this.#proceed();
  }

  #send(answer: Answer, isLast: boolean): void {
    const { status, requestId, idHeader, contentType, extraHeader, text } = answer;
    const length = text === '' ? 0 : Buffer.byteLength(text);
    const extra = extraHeader === undefined ? '' : `${extraHeader[0]}: ${extraHeader[1]}\r\n`;
    const { date, keepAlive } = this.#options;
    const head =
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${idHeader}: ${requestId}\r\nContent-Type: ${contentType}\r\n` +
      `${extra}Content-Length: ${length}\r\nDate: ${date()}\r\n${isLast ? 'Connection: close' : keepAlive}\r\n\r\n`;
    // One byte for each character says that there is nothing to encode.
    this.#socket.write(head + text, length === text.length ? 'latin1' : 'utf8');
    if (isLast) this.#socket.destroySoon();
  }

  /** To the next request, once the client has taken the last answer. */
  #proceed(): void {
    this.#isBusy = false;
    if (this.isGone) return;
    if (this.#options.open.stopping) {
      this.close(false);
      return;
    }
    const { keepAliveTime } = this.#options.limits;
    if (this.#socket.timeout !== keepAliveTime) this.#socket.setTimeout(keepAliveTime);
    if (this.#waiting.size > 0) this.#next(this.#waiting.take());
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  #leave(): void {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.off(event, listener);
    this.#socket.setTimeout(0);
    this.#options.forget(this);
  }

  #closed(): void {
    this.#options.forget(this);
    this.#over(false);
  }

  #over(answered: boolean): void {
    for (const watcher of this.#watchers.splice(0)) watcher.over(answered);
  }
}

/** The header's value, made anew each second. */
function httpDate(clock: Clock): () => string {
  let second = -1;
  let text = '';
  return () => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) {
      second = now;
      text = new Date(now * 1000).toUTCString();
    }
    return text;
  };
}

/** What Node's server says to a client that may come again. */
const keepAliveHeaders = ({ keepAliveTime }: ServerLimits): string =>
  `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveTime / 1000)}`;
