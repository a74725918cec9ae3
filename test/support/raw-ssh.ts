import { createCipheriv, createDecipheriv, createHash, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FieldReader } from '../../src/sftp/packets/field-reader.ts';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import type { ServedSftp } from './sftp-server.ts';

const SSH = {
  DISCONNECT: 1,
  SERVICE_REQUEST: 5,
  SERVICE_ACCEPT: 6,
  KEXINIT: 20,
  NEWKEYS: 21,
  USERAUTH_REQUEST: 50,
  USERAUTH_FAILURE: 51,
} as const;

const CIPHER = 'aes256-gcm@openssh.com';

export interface Agreed {
  readonly hash: string;
  /** What is signed between the host key and the secret, as it is written there. */
  readonly signed: Buffer;
  /** Without the length that is in front of it wherever it is hashed. */
  readonly secret: Buffer;
}

export interface Proposal {
  readonly isGuessing?: boolean;
  readonly hostKeys?: readonly string[];
}

interface Keys {
  readonly key: Buffer;
  readonly iv: Buffer;
}

/** SSH's transport layer spoken packet by packet, with one cipher, and exchanges that the caller makes up. */
export class RawSsh {
  readonly #socket: Socket;
  readonly #pieces: AsyncIterator<Buffer>;
  #received: Buffer = Buffer.alloc(0);
  #sending: Keys | undefined;
  #receiving: Keys | undefined;
  #session: Buffer | undefined;
  #isServed = false;
  /** Of both sides, then the KEXINIT of both. */
  #spoken: readonly Buffer[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket.on('error', () => {});
    this.#pieces = socket[Symbol.asyncIterator]();
  }

  static async connect({ server }: Pick<ServedSftp, 'server'>, ident = 'SSH-2.0-raw'): Promise<RawSsh> {
    const socket = connect(server.port, server.host);
    await once(socket, 'connect');
    const client = new RawSsh(socket);
    socket.write(`${ident}\r\n`);
    client.#spoken = [Buffer.from(ident), await client.#line()];
    return client;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  send(payload: Uint8Array): void {
    const inFront = this.#sending === undefined ? 4 : 0;
    const padding = 16 + 4 + 16 - ((inFront + 1 + payload.length + 4) % 16);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(1 + payload.length + padding);
    const rest = Buffer.concat([Buffer.of(padding), payload, randomBytes(padding)]);
    this.#socket.write(Buffer.concat([length, ...this.#encrypted(length, rest)]));
  }

  /** The next payload; undefined when the server has closed the connection. */
  async receive(): Promise<Buffer | undefined> {
    const length = await this.#read(4);
    if (length === undefined) return undefined;
    const tag = this.#receiving === undefined ? 0 : 16;
    const packet = await this.#read(length.readUInt32BE() + tag);
    if (packet === undefined) return undefined;
    const plain = this.#decrypted(length, packet);
    return plain.subarray(1, plain.length - (plain[0] ?? 0));
  }

  /** Why the server disconnects; anything else that it says is an error. */
  async disconnected(): Promise<number> {
    const payload = await this.receive();
    if (payload?.[0] !== SSH.DISCONNECT) throw new Error(`no DISCONNECT but ${payload?.toString('hex')}`);
    return payload.readUInt32BE(1);
  }

  /** Sends the list of exchanges and gives the server's lists: exchanges, host keys, ciphers, MACs and so on. */
  async propose(
    exchanges: readonly string[],
    { isGuessing = false, hostKeys = ['ssh-ed25519'] }: Proposal = {},
  ): Promise<readonly (readonly string[])[]> {
    const lists = [exchanges, hostKeys, [CIPHER], [CIPHER], ['hmac-sha2-256'], ['hmac-sha2-256']];
    const all = [...lists, ['none'], ['none'], [], []].map((list) => Buffer.from(list.join(',')));
    const [type, end] = [Buffer.of(SSH.KEXINIT), Buffer.of(isGuessing ? 1 : 0, 0, 0, 0, 0)];
    const ours = Buffer.concat([type, randomBytes(16), ...all.map(field), end]);
    this.send(ours);
    const theirs = await this.receive();
    if (theirs?.[0] !== SSH.KEXINIT) throw new Error(`no KEXINIT but ${theirs?.toString('hex')}`);
    this.#spoken = [...this.#spoken.slice(0, 2), ours, theirs];
    const fields = new FieldReader(theirs.subarray(17));
    return lists.map(() => fields.text().split(','));
  }

  /** Checks the signature of the host key under what was agreed, and takes the new keys. */
  async take(agreed: Agreed, hostKey: Buffer, signature: Buffer): Promise<void> {
    const { hash, signed, secret } = agreed;
    const spoken = [...this.#spoken, hostKey].map(field);
    const digest = createHash(hash)
      .update(Buffer.concat([...spoken, signed, field(secret)]))
      .digest();
    const fields = new FieldReader(signature);
    if (fields.text() !== 'ssh-ed25519') throw new Error('signed by another algorithm');
    const key = ssh2.utils.parseKey(hostKey);
    if (key instanceof Error) throw key;
    const pem = (Array.isArray(key) ? key[0] : key).getPublicPEM();
    if (!verify(null, digest, pem, fields.string())) throw new Error('the signature is wrong');
    this.send(Buffer.of(SSH.NEWKEYS));
    const reply = await this.receive();
    if (reply?.[0] !== SSH.NEWKEYS) throw new Error('no NEWKEYS');
    this.#session ??= digest;
    const derive = (letter: string, length: number): Buffer => {
      const start = Buffer.concat([field(secret), digest]);
      const last = Buffer.concat([start, Buffer.from(letter), this.#session ?? digest]);
      return createHash(hash).update(last).digest().subarray(0, length);
    };
    this.#sending = { iv: derive('A', 12), key: derive('C', 32) };
    this.#receiving = { iv: derive('B', 12), key: derive('D', 32) };
  }

  /** Whether the server understands what is encrypted, and says what can be decrypted. */
  async isUnderstood(): Promise<boolean> {
    const message = (type: number, ...texts: readonly string[]): Buffer =>
      texts
        .reduce((to, text) => to.text(text), new FieldWriter(type))
        .packet()
        .subarray(4);
    if (!this.#isServed) {
      this.send(message(SSH.SERVICE_REQUEST, 'ssh-userauth'));
      this.#isServed = (await this.receive())?.[0] === SSH.SERVICE_ACCEPT;
    }
    this.send(message(SSH.USERAUTH_REQUEST, 'nobody', 'ssh-connection', 'none'));
    return (await this.receive())?.[0] === SSH.USERAUTH_FAILURE;
  }

  #encrypted(length: Buffer, rest: Buffer): readonly Buffer[] {
    const keys = this.#sending;
    if (keys === undefined) return [rest];
    const cipher = createCipheriv('aes-256-gcm', keys.key, keys.iv).setAAD(length);
    const encrypted = cipher.update(rest);
    cipher.final();
    count(keys.iv);
    return [encrypted, cipher.getAuthTag()];
  }

  #decrypted(length: Buffer, packet: Buffer): Buffer {
    const keys = this.#receiving;
    if (keys === undefined) return packet;
    const decipher = createDecipheriv('aes-256-gcm', keys.key, keys.iv).setAAD(length);
    decipher.setAuthTag(packet.subarray(-16));
    const plain = decipher.update(packet.subarray(0, -16));
    decipher.final();
    count(keys.iv);
    return plain;
  }

  async #line(): Promise<Buffer> {
    const bytes: Buffer[] = [];
    for (;;) {
      const byte = await this.#read(1);
      if (byte === undefined) throw new Error('the server does not say what it is');
      if (byte[0] === 0x0a) return Buffer.concat(bytes.slice(0, -1));
      bytes.push(byte);
    }
  }

  async #read(length: number): Promise<Buffer | undefined> {
    while (this.#received.length < length) {
      const { value, done } = await this.#pieces.next();
      if (done === true) return undefined;
      this.#received = Buffer.concat([this.#received, value]);
    }
    const bytes = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return bytes;
  }
}

export function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The last eight bytes are a number that grows with each packet (RFC 5647). */
function count(iv: Buffer): void {
  iv.writeBigUInt64BE(iv.readBigUInt64BE(4) + 1n, 4);
}
