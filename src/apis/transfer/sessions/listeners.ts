import { codeOf } from '../../../lib/error-code.ts';
import { KeyedLock } from '../../../lib/keyed-lock.ts';
import type { ListenSftp, SftpServer } from '../../../sftp/sftp-server.ts';
import type { Server } from '../resources/documents.ts';
import { allServers, lookUpServer } from '../resources/servers.ts';
import type { Listeners, Transfer } from '../transfer.ts';
import { Ports } from './ports.ts';
import { openServer, settingsOf } from './serve.ts';
import type { ServerKey } from './server-key.ts';
import { SessionLog } from './session-log.ts';

/** For what sessions leave unfinished when the process is to end; then it is as if they had been cut off by a crash. */
const STOP_MS = 5_000;

export type ServerState = ReturnType<Listeners['stateOf']>;

interface Entry {
  state: ServerState;
  server?: SftpServer | undefined;
}

export interface SftpListenersOptions {
  /** Known once everything is put together. */
  readonly transfer: () => Transfer;
  readonly listen: ListenSftp;
  /** Something failed that must not. */
  readonly report: (error: unknown) => void;
  /** Something is not as it should be, and the program is not to blame. */
  readonly warn: (text: string) => void;
}

/** What listens, one SFTP server for each server that is started. */
export class SftpListeners implements Listeners {
  readonly #transfer: () => Transfer;
  readonly #listen: ListenSftp;
  readonly #report: (error: unknown) => void;
  readonly #warn: (text: string) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #turns = new KeyedLock();
  readonly #work = new Set<Promise<void>>();
  #isEnded = false;

  constructor({ transfer, listen, report, warn }: SftpListenersOptions) {
    this.#transfer = transfer;
    this.#listen = listen;
    this.#report = report;
    this.#warn = warn;
  }

  /** Starts what was started when the process ended. */
  async resume(): Promise<void> {
    for (const { world, server } of allServers(this.#transfer())) this.follow({ ...world, id: server.id });
    await Promise.all(this.#work);
  }

  follow(key: ServerKey): void {
    this.#announce(key);
    const work = this.#align(key)
      .catch((error) => this.#report(error))
      .finally(() => this.#work.delete(work));
    this.#work.add(work);
  }

  stateOf(serverId: string): ServerState {
    return this.#entries.get(serverId)?.state ?? 'OFFLINE';
  }

  addressOf(serverId: string): string | undefined {
    const server = this.#entries.get(serverId)?.server;
    if (server === undefined) return undefined;
    const { host, port } = server;
    return `${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Ends all sessions and whatever listens; a storage that does not answer does not keep the process. */
  async stop(): Promise<void> {
    this.#isEnded = true;
    const { clock } = this.#transfer();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const callOff = clock.at(clock.now() + STOP_MS, resolve);
    try {
      await Promise.race([this.#stopAll(), late]);
    } finally {
      callOff();
    }
  }

  async #stopAll(): Promise<void> {
    await Promise.all(this.#work);
    await Promise.all([...this.#entries.values()].map(({ server }) => server?.stop()));
    this.#entries.clear();
  }

  get #ports(): Ports {
    return new Ports(this.#transfer());
  }

  /** What a client sees in the very answer that asked for it. */
  #announce(key: ServerKey): void {
    const wanted = lookUpServer(this.#transfer(), key, key.id);
    const entry = this.#entries.get(key.id);
    if (wanted?.isStarted && entry?.server === undefined) this.#enter(key.id, { state: 'STARTING' });
    if (wanted?.isStarted === false && entry?.server !== undefined) entry.state = 'STOPPING';
  }

  async #align(key: ServerKey): Promise<void> {
    const release = await this.#turns.take(key.id);
    try {
      await this.#transfer().kernel.durable();
      if (this.#isEnded) return;
      const wanted = lookUpServer(this.#transfer(), key, key.id);
      const current = this.#entries.get(key.id)?.server;
      if (wanted === undefined) await this.#forget(key, current);
      else if (!wanted.isStarted) await this.#end(key.id, current);
      else if (current === undefined) await this.#begin(key);
      else this.#goOn(key, wanted, current);
    } finally {
      release();
    }
  }

  /** A server that was stopped and started at once has never stopped. */
  #goOn(key: ServerKey, wanted: Server, server: SftpServer): void {
    server.configure(settingsOf(this.#transfer(), key, wanted));
    if (this.stateOf(key.id) === 'STOPPING') this.#enter(key.id, { state: 'ONLINE', server });
  }

  async #begin(key: ServerKey): Promise<void> {
    try {
      const server = await openServer(this.#transfer(), key, { ports: this.#ports, listen: this.#listen });
      this.#enter(key.id, { state: 'ONLINE', server });
    } catch (error) {
      this.#enter(key.id, { state: 'START_FAILED' });
      new SessionLog(this.#transfer(), key).failure('START', error);
      this.#failedToStart(key.id, error);
    }
  }

  /** What the operating system refuses is for whoever runs it to mend: where in the program it was met tells them nothing. */
  #failedToStart(id: string, error: unknown): void {
    const text = `Server ${id} could not be started`;
    if (codeOf(error) === undefined) this.#report(new Error(text, { cause: error }));
    else this.#warn(`${text}: ${(error as Error).message}`);
  }

  async #end(id: string, server: SftpServer | undefined): Promise<void> {
    try {
      await server?.stop();
      this.#enter(id, { state: 'OFFLINE' });
    } catch (error) {
      this.#enter(id, { state: 'STOP_FAILED', server });
      this.#report(new Error(`Server ${id} could not be stopped`, { cause: error }));
    }
  }

  async #forget(key: ServerKey, server: SftpServer | undefined): Promise<void> {
    await server?.stop();
    this.#entries.delete(key.id);
    this.#ports.forget(key.id);
  }

  #enter(id: string, entry: Entry): void {
    this.#entries.set(id, entry);
  }
}
