import type { ServerChannel } from 'ssh2';
import { REQUEST } from '../packets/names.ts';
import { BrokenFraming, PacketSplitter } from '../packets/packet-splitter.ts';
import { version } from '../packets/replies.ts';
import { ANNOUNCED } from '../verbs/extended.ts';
import { closeUnfinished } from './close-unfinished.ts';
import type { Outflow } from './outflow.ts';
import { joinSmall } from './reply-batch.ts';
import { type FailedRequest, Requests } from './requests.ts';
import type { Workplace } from './workplace.ts';

export interface ServedChannelOptions {
  readonly stream: ServerChannel;
  readonly outflow: Outflow;
  readonly packetBytes: number;
  /** Rejects when the user cannot be shown any files. */
  readonly open: () => Promise<Workplace>;
  /** A packet has come. */
  readonly active: () => void;
  readonly failed: (request: FailedRequest) => void;
}

/** Requests at work at once, the bytes they hold, and the bytes of answers that the client has not let through. */
const MOST = { requests: 128, bytes: 4 * 1024 * 1024, unsent: 2 * 1024 * 1024 } as const;

/** SFTP on one channel: takes packets as long as there is room for what they cost, and ends when the client has said all. */
export class ServedChannel {
  readonly #options: ServedChannelOptions;
  readonly #splitter: PacketSplitter;
  readonly #finished = Promise.withResolvers<void>();
  #place: Workplace | undefined;
  #requests: Requests | undefined;
  /** Answers that are put together while packets are taken. */
  #batch: Uint8Array[] | undefined;
  #unsent = 0;
  #isGreeted = false;
  /** Nothing that was received is left to be taken. */
  #isDrained = true;
  /** The client sends no more. */
  #hasEnded = false;
  /** Nothing reaches the client any more. */
  #isDead = false;
  /** What it sends cannot be understood, or there is nothing to show it: nothing more is taken. */
  #isBroken = false;
  #isFinishing = false;
  /** To be pumped again, as something changed while packets were taken. */
  #isWanted = false;

  constructor(options: ServedChannelOptions) {
    this.#options = options;
    const { stream, packetBytes } = options;
    this.#splitter = new PacketSplitter(packetBytes);
    stream.on('data', (piece: Buffer) => {
      if (this.#isBroken) return;
      this.#splitter.add(piece);
      this.#isDrained = false;
      this.pump();
    });
    stream.on('end', () => this.#ended());
    stream.on('error', () => this.lose());
    void this.#open();
  }

  /** Resolves when all that was unfinished is closed. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** Whether it works on something, as far as it does not wait for the client. */
  get isBusy(): boolean {
    return this.#requests !== undefined && this.#requests.running > 0;
  }

  /** The client is gone; what it sent before is still done. */
  lose(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    // Each piece that is read comes as `data`.
    while (this.#options.stream.read() !== null);
    this.#ended();
  }

  /** Takes packets until there is no room, or no packet. */
  pump(): void {
    this.#isWanted = true;
    if (this.#batch !== undefined) return;
    while (this.#isWanted) {
      this.#isWanted = false;
      this.#batch = [];
      this.#options.outflow.together(() => {
        this.#takePackets();
        this.#flush();
      });
      this.#batch = undefined;
    }
    this.#steer();
    if (this.#hasEnded && this.#isDrained && !this.isBusy) void this.#finish();
  }

  async #open(): Promise<void> {
    try {
      this.#place = await this.#options.open();
    } catch (error) {
      this.#break(error);
      this.pump();
      return;
    }
    this.#requests = new Requests({
      place: this.#place,
      send: (pieces) => this.#send(pieces),
      settled: () => this.pump(),
      done: (packet) => this.#splitter.done(packet),
      failed: this.#options.failed,
    });
    this.pump();
  }

  #ended(): void {
    this.#hasEnded = true;
    this.pump();
  }

  #takePackets(): void {
    try {
      while (this.#requests !== undefined && this.#hasRoom(this.#requests)) {
        const packet = this.#splitter.next();
        if (packet === undefined) {
          this.#isDrained = true;
          return;
        }
        this.#options.active();
        if (packet[0] === REQUEST.INIT || !this.#isGreeted) this.#greet(packet);
        else this.#requests.take(packet);
      }
    } catch (error) {
      this.#break(error);
    }
  }

  #greet(packet: Buffer): void {
    if (this.#isGreeted) throw new BrokenFraming('a second INIT');
    if (packet[0] !== REQUEST.INIT) throw new BrokenFraming('a request before INIT');
    this.#isGreeted = true;
    this.#send([version(ANNOUNCED)]);
  }

  #hasRoom({ running, bytes }: Requests): boolean {
    if (this.#isBroken || running >= MOST.requests || bytes >= MOST.bytes) return false;
    return this.#isDead || (this.#unsent < MOST.unsent && !this.#options.outflow.isFull());
  }

  #send(pieces: readonly Uint8Array[]): void {
    if (this.#isDead) return;
    if (this.#batch !== undefined) {
      this.#batch.push(...pieces);
      for (const piece of pieces) this.#unsent += piece.length;
      return;
    }
    for (const piece of pieces) this.#unsent += piece.length;
    this.#options.outflow.together(() => this.#write(pieces));
  }

  #flush(): void {
    const pieces = joinSmall(this.#batch ?? []);
    this.#batch = [];
    this.#write(pieces);
  }

  #write(pieces: readonly Uint8Array[]): void {
    const { stream } = this.#options;
    try {
      for (const piece of pieces) {
        stream.write(piece, () => {
          this.#unsent -= piece.length;
          if (stream.isPaused()) this.pump();
        });
      }
    } catch {
      // A cipher that fails leaves a connection that nothing can be sent on.
      this.lose();
    }
  }

  /** What is not read stays with ssh2, whose window then closes for the client. What nobody wants is read and dropped. */
  #steer(): void {
    const { stream } = this.#options;
    const reads = this.#isBroken || (this.#requests !== undefined && this.#hasRoom(this.#requests));
    if (reads !== stream.isPaused()) return;
    if (reads) stream.resume();
    else stream.pause();
  }

  #break(error: unknown): void {
    this.#isBroken = true;
    this.#hasEnded = true;
    this.#isDrained = true;
    this.#options.failed({ operation: 'SESSION', path: '', error });
  }

  async #finish(): Promise<void> {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    const { stream, failed } = this.#options;
    if (this.#place !== undefined) await closeUnfinished(this.#place.handles, failed);
    if (!this.#isDead) {
      stream.exit(this.#isBroken ? 1 : 0);
      stream.end();
    }
    this.#finished.resolve();
  }
}
