import type { Socket } from 'node:net';
import type { AuthContext, ClientInfo, Connection as SshClient } from 'ssh2';
import { freeMemory } from '../../lib/free-memory.ts';
import { SocketOutflow } from '../channel/outflow.ts';
import type { FailedRequest } from '../channel/requests.ts';
import type { SessionEvent, SftpServerOptions } from '../sftp-server.ts';
import type { BufferGarbage } from './buffer-garbage.ts';
import { endReason, errorText, peerText } from './error-text.ts';
import { IdleWatch } from './idle-watch.ts';
import { type LoggedIn, LoginAttempts } from './login-attempts.ts';
import type { PacketRoom } from './packet-room.ts';
import type { SshSide } from './ssh-side.ts';
import { offerKeyExchanges } from './ssh2-exchanges.ts';
import {
  acceptServiceAgain,
  announceSignatures,
  answeringClose,
  disconnectUnderNewKeys,
  prepareKeys,
  readsAtOnce,
  reusePacketMemory,
} from './ssh2-internals.ts';
import type { Participant, Turns } from './turns.ts';
import { UserChannels } from './user-channels.ts';
import { userSignatures } from './user-key.ts';

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly side: SshSide;
  readonly sessionId: string;
  readonly sourceIp: string;
  readonly server: Pick<SftpServerOptions, 'limits' | 'authenticate' | 'observe' | 'now' | 'after'>;
  /** Shared by all connections of a listener. */
  readonly turns: Turns;
  readonly garbage: BufferGarbage;
  readonly room: PacketRoom;
  /** Bytes in both directions after which new keys are agreed on. */
  readonly rekeyBytes: number;
}

interface Negotiated {
  readonly kex: string;
  readonly cs: { readonly cipher: string };
  readonly sc: { readonly cipher: string };
}

type EventBody<Event> = Event extends SessionEvent ? Omit<Event, 'sessionId' | 'sourceIp'> : never;

/** What a client may leave unread before nothing more is read from it: answers of SSH itself know no other bound. */
const MOST_UNSENT = 8 * 1024 * 1024;
/** Before the login: nobody needs a second, which costs the server more than the client. */
const MOST_EXCHANGES = 3;
/** For the client to close its side. */
const GRACE = 2000;

/** One client, from its first byte to the end of all that it left unfinished. */
export class Connection implements Participant {
  readonly #options: ConnectionOptions;
  readonly #outflow: SocketOutflow;
  readonly #finished = Promise.withResolvers<void>();
  readonly #callOffLogin: () => void;
  #callOffGrace: (() => void) | undefined;
  #ssh: SshClient | undefined;
  #software = '';
  #ident = '';
  #negotiated: Negotiated | undefined;
  #attempts: LoginAttempts | undefined;
  #loggedIn: LoggedIn | undefined;
  #channels: UserChannels | undefined;
  #idle: IdleWatch | undefined;
  #moved = 0;
  #exchanges = 0;
  #rekeyAt: number;
  #endReason: string | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket, server, rekeyBytes } = options;
    this.#outflow = new SocketOutflow(socket, {
      hasRoom: () => this.resume(),
      mustWait: () => options.turns.isOver(this),
    });
    this.#rekeyAt = rekeyBytes;
    const { loginMilliseconds } = server.limits;
    const late = (): void => this.end('the login took too long');
    this.#callOffLogin = loginMilliseconds > 0 ? server.after(loginMilliseconds, late) : () => {};
    socket.on('close', () => void this.#closed());
  }

  /** Resolves when the socket is closed, and so is all that was unfinished. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** The client has said what it is. */
  speak(ssh: SshClient, { header }: ClientInfo): void {
    this.#ssh = ssh;
    this.#software = header.versions.software;
    this.#ident = peerText(header.identRaw);
    this.#attempts = this.#newAttempts();
    offerKeyExchanges(ssh, this.#options.side.keyExchanges);
    announceSignatures(ssh, userSignatures(this.#options.side.allowsSha1));
    acceptServiceAgain(ssh);
    disconnectUnderNewKeys(ssh);
    reusePacketMemory(ssh, this.#options.room);
    ssh.on('error', (error) => this.end(endReason(error)));
    ssh.on('handshake', (negotiated) => {
      this.#exchanges += 1;
      if (this.#loggedIn === undefined && this.#exchanges > MOST_EXCHANGES)
        this.end('too many key exchanges');
      prepareKeys(ssh);
      this.#negotiated ??= negotiated as unknown as Negotiated;
    });
    ssh.on('rekey', () => this.#outflow.release());
    ssh.on('authentication', (context) => void this.#authenticate(context));
    ssh.on('session', (accept, reject) => {
      if (this.#channels === undefined || this.#endReason !== undefined) reject();
      else this.#channels.add(() => answeringClose(ssh, accept()), reject);
    });
    this.#options.socket.on('data', (piece) => this.#received(ssh, piece));
  }

  /** Says goodbye; the files that are open are closed as broken. */
  end(reason: string): void {
    if (this.#endReason !== undefined) return;
    this.#endReason = reason;
    const { socket, server } = this.#options;
    this.#attempts?.stop();
    void this.#channels?.lose();
    this.#callOffGrace = server.after(GRACE, () => socket.destroy());
    try {
      this.#ssh?.end();
    } catch {
      // Whatever state SSH is in, the socket is closed all the same.
    }
    socket.end();
  }

  hold(): void {
    this.#options.socket.pause();
  }

  /** There may be room again to send, or time. */
  resume(): void {
    const { socket } = this.#options;
    if (socket.isPaused() && socket.writableLength <= MOST_UNSENT) socket.resume();
    this.#channels?.pump();
  }

  #newAttempts(): LoginAttempts {
    const { sessionId, sourceIp, side, server } = this.#options;
    return new LoginAttempts({
      sessionId,
      sourceIp,
      side,
      authenticate: server.authenticate,
      most: server.limits.authenticationAttempts,
      succeeded: (result) => this.#login(result),
      failed: (attempt) => this.#observe({ kind: 'auth-failure', ...attempt }),
      exhausted: () => this.end('too many failed logins'),
    });
  }

  async #authenticate(context: AuthContext): Promise<void> {
    try {
      await this.#attempts?.attempt(context);
    } catch (error) {
      this.end(`the login failed: ${errorText(error)}`);
    }
  }

  #login(loggedIn: LoggedIn): void {
    const { server } = this.#options;
    const { limits, now, after } = server;
    const { login, userName, method, publicKey } = loggedIn;
    this.#loggedIn = loggedIn;
    this.#callOffLogin();
    const idle = new IdleWatch({
      milliseconds: limits.idleMilliseconds,
      now,
      after,
      isBusy: () => this.#channels?.isBusy ?? false,
      idle: () => this.end('idle'),
    });
    this.#idle = idle;
    this.#channels = new UserChannels({
      login,
      limits,
      client: this.#software,
      outflow: this.#outflow,
      now,
      active: () => idle.active(),
      failed: (request) => this.#failed(request),
      abused: (reason) => this.end(reason),
    });
    const { kex = '', cs, sc } = this.#negotiated ?? {};
    const ciphers = `${cs?.cipher},${sc?.cipher}`;
    const key = publicKey === undefined ? {} : { publicKey };
    this.#observe({
      kind: 'connected',
      userName,
      client: this.#ident,
      method,
      keyExchange: kex,
      ciphers,
      ...key,
    });
  }

  /** After every piece of bytes that ssh2 has taken. */
  #received(ssh: SshClient, piece: Buffer): void {
    const { socket, rekeyBytes, turns, garbage } = this.#options;
    if (socket.writableLength > MOST_UNSENT || turns.isOver(this)) socket.pause();
    if (this.#channels === undefined) return;
    if (readsAtOnce(ssh)) freeMemory(piece);
    if (this.#channels.isFlooded) this.end('protocol error: more data than was granted');
    const moved = socket.bytesRead + socket.bytesWritten;
    garbage.moved(moved - this.#moved);
    this.#moved = moved;
    if (moved < this.#rekeyAt) return;
    this.#rekeyAt = moved + rekeyBytes;
    this.#outflow.hold();
    ssh.rekey();
  }

  #failed({ operation, path, error }: FailedRequest): void {
    const userName = this.#loggedIn?.userName ?? '';
    this.#observe({ kind: 'error', userName, operation, path, message: errorText(error) });
  }

  async #closed(): Promise<void> {
    this.#callOffLogin();
    this.#callOffGrace?.();
    this.#idle?.stop();
    this.#attempts?.stop();
    await this.#channels?.lose();
    const reason = this.#endReason ?? 'closed by the client';
    this.#endReason = reason;
    this.#observe({ kind: 'disconnected', userName: this.#loggedIn?.userName, reason });
    this.#finished.resolve();
  }

  #observe(event: EventBody<SessionEvent>): void {
    const { sessionId, sourceIp, server } = this.#options;
    server.observe({ sessionId, sourceIp, ...event } as SessionEvent);
  }
}
