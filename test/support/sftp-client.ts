import type { Client, ConnectConfig, FileEntry, SFTPWrapper, Stats } from 'ssh2';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';

const PIECE = 32 * 1024;

type Reply<T> = (error?: Error | null, value?: T) => void;

/** A session of ssh2's client, in promises; failures are its errors, with the status of SFTP as their `code`. */
export class SftpClient {
  readonly client: Client;
  readonly #sftp: SFTPWrapper;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;

  private constructor(client: Client, sftp: SFTPWrapper) {
    this.client = client;
    this.#sftp = sftp;
    this.closed = new Promise((resolve) => client.once('close', resolve));
    // One for each request that is under way.
    client.setMaxListeners(0);
    // Told by what is called next.
    sftp.on('error', () => {});
  }

  static async connect(config: ConnectConfig): Promise<SftpClient> {
    const client = await connectSsh(config);
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
      client.sftp((error, opened) => (error ? reject(error) : resolve(opened))),
    );
    return new SftpClient(client, sftp);
  }

  open(path: string, flags: 'r' | 'w' | 'wx'): Promise<Buffer> {
    return this.#ask((reply) => this.#sftp.open(path, flags, reply));
  }

  /** In pieces that are all under way at the same time. */
  async write(handle: Buffer, bytes: Uint8Array, position = 0): Promise<void> {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const starts = Array.from({ length: Math.ceil(content.length / PIECE) }, (_, at) => at * PIECE);
    await Promise.all(
      starts.map((at) => {
        const length = Math.min(PIECE, content.length - at);
        return this.#ask((reply) => this.#sftp.write(handle, content, at, length, position + at, reply));
      }),
    );
  }

  /** By `fsync@openssh.com`. */
  sync(handle: Buffer): Promise<void> {
    return this.#ask((reply) => this.#sftp.ext_openssh_fsync(handle, reply));
  }

  close(handle: Buffer): Promise<void> {
    return this.#ask((reply) => this.#sftp.close(handle, reply));
  }

  /** Gives once the server has said that it has the file. */
  async put(path: string, content: string | Uint8Array): Promise<void> {
    const handle = await this.open(path, 'w');
    if (content.length > 0) await this.write(handle, Buffer.from(content));
    await this.close(handle);
  }

  get(path: string): Promise<Buffer> {
    return this.#ask((reply) => this.#sftp.readFile(path, reply));
  }

  /** Names, ascending. */
  async list(path: string): Promise<string[]> {
    const found = await this.#ask<FileEntry[]>((reply) => this.#sftp.readdir(path, reply));
    return found.map(({ filename }) => filename).sort();
  }

  stat(path: string): Promise<Stats> {
    return this.#ask((reply) => this.#sftp.stat(path, reply));
  }

  realPath(path: string): Promise<string> {
    return this.#ask((reply) => this.#sftp.realpath(path, reply));
  }

  makeDirectory(path: string): Promise<void> {
    return this.#ask((reply) => this.#sftp.mkdir(path, reply));
  }

  removeDirectory(path: string): Promise<void> {
    return this.#ask((reply) => this.#sftp.rmdir(path, reply));
  }

  remove(path: string): Promise<void> {
    return this.#ask((reply) => this.#sftp.unlink(path, reply));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#ask((reply) => this.#sftp.rename(from, to, reply));
  }

  setMode(path: string, mode: number): Promise<void> {
    return this.#ask((reply) => this.#sftp.chmod(path, mode, reply));
  }

  /** Says goodbye. */
  async end(): Promise<void> {
    this.client.end();
    await this.closed;
  }

  /** Goes without a word, as a client does that is killed. */
  vanish(): void {
    this.client.destroy();
  }

  #ask<Value>(send: (reply: Reply<Value>) => void): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const gone = (): void => reject(new Error('the connection has ended'));
    this.client.once('close', gone);
    const settle = (): void => void this.client.removeListener('close', gone);
    send((error, value) => (error ? reject(error) : resolve(value as Value)));
    return promise.finally(settle);
  }
}

/** A client that has logged in; rejects with why it may not. */
export async function connectSsh(config: ConnectConfig): Promise<Client> {
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.once('ready', resolve).on('error', reject);
  client.once('close', () => reject(new Error('the connection has ended')));
  client.connect({ readyTimeout: 0, ...config });
  await promise;
  client.setNoDelay(true);
  return client;
}
