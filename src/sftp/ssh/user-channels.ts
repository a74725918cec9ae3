import type { ServerChannel, Session } from 'ssh2';
import { Handles } from '../channel/handles.ts';
import type { Outflow } from '../channel/outflow.ts';
import type { FailedRequest } from '../channel/requests.ts';
import { ServedChannel } from '../channel/served-channel.ts';
import type { Workplace } from '../channel/workplace.ts';
import type { Login, SftpLimits } from '../sftp-server.ts';
import { packetSizeOf } from './ssh2-internals.ts';

export interface UserChannelsOptions {
  readonly login: Login;
  readonly limits: SftpLimits;
  /** The client's SSH software. */
  readonly client: string;
  readonly outflow: Outflow;
  readonly now: () => number;
  readonly active: () => void;
  readonly failed: (request: FailedRequest) => void;
  /** The client does what none does that means well. */
  readonly abused: (reason: string) => void;
}

/** Sessions that may be opened and closed without SFTP: ssh2 remembers each for as long as its connection lasts. */
const MOST_IN_VAIN = 100;
/** No client takes packets of less: RFC 4253 asks for 32,768 bytes. */
const SMALLEST_PACKET = 256;
/** ssh2 grants 2 MiB, and as much again as long as less than that is unread; what goes beyond both and a packet was never granted. */
const MOST_UNREAD = 4 * 1024 * 1024 + 64 * 1024;
/** Of a packet for what stands around its data; OpenSSH takes the same. */
const AROUND_DATA = 1024;
/** OpenSSH's clients take no longer packets. */
const LONGEST_ANSWER = 256 * 1024;

/** The SFTP channels of a user's connection. */
export class UserChannels {
  readonly #options: UserChannelsOptions;
  readonly #served = new Map<ServerChannel, ServedChannel>();
  #open = 0;
  #inVain = 0;

  constructor(options: UserChannelsOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#served.values().some(({ isBusy }) => isBusy);
  }

  /** Of one SSH session nothing but the SFTP subsystem is served; ssh2 refuses what nobody listens for. */
  add(accept: () => Session, reject: () => void): void {
    const { limits } = this.#options;
    if (limits.channels > 0 && this.#open >= limits.channels) {
      reject();
      return;
    }
    this.#open += 1;
    let served: ServedChannel | undefined;
    const session = accept();
    session.on('subsystem', (acceptSubsystem, rejectSubsystem, { name }) => {
      if (name !== 'sftp') {
        rejectSubsystem?.();
        return;
      }
      const stream = acceptSubsystem() as ServerChannel | undefined;
      if (stream !== undefined) served = this.#serve(stream);
    });
    // A client may say it again.
    session.once('close', () => {
      this.#open -= 1;
      if (served === undefined) this.#countInVain();
      served?.lose();
    });
  }

  /** There may be room to send more. */
  pump(): void {
    for (const channel of this.#served.values()) channel.pump();
  }

  /** Whether a client has sent more than it was granted. */
  get isFlooded(): boolean {
    return this.#served.keys().some((stream) => stream.readableLength > MOST_UNREAD);
  }

  /** The connection is over; resolves when all that was unfinished is closed. */
  async lose(): Promise<void> {
    const all = [...this.#served.values()];
    for (const channel of all) channel.lose();
    await Promise.all(all.map(({ finished }) => finished));
  }

  #serve(stream: ServerChannel): ServedChannel | undefined {
    const { outflow, limits, active, failed } = this.#options;
    if (packetSizeOf(stream) < SMALLEST_PACKET) {
      stream.close();
      return undefined;
    }
    const served = new ServedChannel({
      stream,
      outflow,
      packetBytes: limits.packetBytes,
      open: () => this.#workplace(),
      active,
      failed,
    });
    this.#served.set(stream, served);
    void served.finished.then(() => this.#served.delete(stream));
    return served;
  }

  async #workplace(): Promise<Workplace> {
    const { login, limits, client, now } = this.#options;
    const packetBytes = Math.min(limits.packetBytes, LONGEST_ANSWER);
    return {
      tree: await login.openTree(),
      home: login.home,
      handles: new Handles(limits.handles),
      client,
      dataBytes: packetBytes - AROUND_DATA,
      packetBytes,
      handleLimit: limits.handles,
      now,
    };
  }

  #countInVain(): void {
    this.#inVain += 1;
    if (this.#inVain > MOST_IN_VAIN) this.#options.abused('too many sessions without SFTP');
  }
}
