import type { Client, ClientChannel } from 'ssh2';
import { FieldReader } from '../../src/sftp/packets/field-reader.ts';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { OPEN_FLAG, REPLY, REQUEST, STATUS } from '../../src/sftp/packets/names.ts';
import { PacketSplitter } from '../../src/sftp/packets/packet-splitter.ts';

/** A reply as it lies on the wire. */
export interface RawReply {
  readonly type: number;
  readonly id: number;
  /** Behind the id. */
  readonly fields: FieldReader;
}

/** SFTP spoken byte by byte over a channel of a client that has logged in. */
export class RawSftp {
  readonly channel: ClientChannel;
  readonly #splitter = new PacketSplitter(2 ** 24);
  readonly #replies = new Map<number, RawReply>();
  readonly #waiting = new Map<number, (reply: RawReply | undefined) => void>();
  readonly #order: number[] = [];
  readonly #version = Promise.withResolvers<FieldReader>();
  readonly #closed = Promise.withResolvers<number | undefined>();
  #lastId = 0;
  #exitCode: number | undefined;

  private constructor(channel: ClientChannel) {
    this.channel = channel;
    channel.on('data', (piece: Buffer) => {
      this.#splitter.add(piece);
      for (let packet = this.#splitter.next(); packet !== undefined; packet = this.#splitter.next()) {
        this.#receive(packet);
      }
    });
    channel.on('exit', (code: number) => {
      this.#exitCode = code;
    });
    channel.on('close', () => {
      for (const tell of this.#waiting.values()) tell(undefined);
      this.#closed.resolve(this.#exitCode);
    });
    channel.on('error', () => {});
  }

  /** Opens the subsystem and says nothing yet. */
  static async open(client: Client): Promise<RawSftp> {
    const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
    client.subsys('sftp', (error, channel) => (error ? reject(error) : resolve(channel)));
    return new RawSftp(await promise);
  }

  /** The same after INIT and VERSION. */
  static async start(client: Client): Promise<RawSftp> {
    const sftp = await RawSftp.open(client);
    sftp.sendBytes(new FieldWriter(REQUEST.INIT).uint32(3).packet());
    await sftp.version;
    return sftp;
  }

  get version(): Promise<FieldReader> {
    return this.#version.promise;
  }

  /** The exit code, once the server has closed the channel. */
  get closed(): Promise<number | undefined> {
    return this.#closed.promise;
  }

  /** Ids in the order of their replies. */
  get order(): readonly number[] {
    return this.#order;
  }

  sendBytes(bytes: Uint8Array): void {
    this.channel.write(bytes);
  }

  /** The id that it was sent under. */
  send(type: number, write: (fields: FieldWriter) => unknown): number {
    this.#lastId += 1;
    const fields = new FieldWriter(type).uint32(this.#lastId);
    write(fields);
    this.sendBytes(fields.packet());
    return this.#lastId;
  }

  /** Rejects when the channel closes instead. */
  async reply(id: number): Promise<RawReply> {
    const there = this.#replies.get(id);
    if (there !== undefined) return there;
    const { promise, resolve } = Promise.withResolvers<RawReply | undefined>();
    this.#waiting.set(id, resolve);
    const reply = await promise;
    if (reply === undefined) throw new Error(`the channel closed before an answer to ${id}`);
    return reply;
  }

  ask(type: number, write: (fields: FieldWriter) => unknown): Promise<RawReply> {
    return this.reply(this.send(type, write));
  }

  /** Code and text of a STATUS. */
  async status(type: number, write: (fields: FieldWriter) => unknown): Promise<readonly [number, string]> {
    return statusOf(await this.ask(type, write));
  }

  async open(path: string, ...flags: readonly (keyof typeof OPEN_FLAG)[]): Promise<Buffer> {
    const bits = flags.reduce((sum, flag) => sum | OPEN_FLAG[flag], 0);
    const reply = await this.ask(REQUEST.OPEN, (fields) => fields.text(path).uint32(bits).uint32(0));
    if (reply.type !== REPLY.HANDLE) throw new Error(statusOf(reply)[1]);
    return Buffer.from(reply.fields.string());
  }

  #receive(packet: Buffer): void {
    const fields = new FieldReader(packet);
    const type = fields.byte();
    if (type === REPLY.VERSION) {
      this.#version.resolve(fields);
      return;
    }
    const id = fields.uint32();
    const reply = { type, id, fields };
    this.#order.push(id);
    this.#replies.set(id, reply);
    this.#waiting.get(id)?.(reply);
    this.#waiting.delete(id);
  }
}

export function statusOf({ type, fields }: RawReply): readonly [number, string] {
  if (type !== REPLY.STATUS) throw new Error(`a reply of type ${type} instead of STATUS`);
  return [fields.uint32(), fields.text()];
}

export const FX = STATUS;
