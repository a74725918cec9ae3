import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { REPLY, REQUEST } from '../../src/sftp/packets/names.ts';
import { FX, RawSftp, statusOf } from './raw-sftp.ts';
import { connectSsh } from './sftp-client.ts';
import { keyPair } from './sftp-server.ts';
import type { SftpPlace } from './sftp-world.ts';

/** Of OPEN: what WinSCP combines them to. */
export const FLAGS = {
  over: 0x02 | 0x08 | 0x10,
  new: 0x02 | 0x08 | 0x10 | 0x20,
  onwards: 0x02 | 0x08,
  read: 0x01,
};
const HAS = { size: 0x01, permissions: 0x04, times: 0x08 };
const PIECE = 32_739;
export const TIME = 1_500_000_000;

/** Requests as WinSCP makes them (`TSFTPFileSystem` of its sources), in their order, and as many at once. */
export class WinScp {
  readonly sftp: RawSftp;

  private constructor(sftp: RawSftp) {
    this.sftp = sftp;
  }

  static async start(t: TestContext, { host, port }: SftpPlace): Promise<WinScp> {
    const client = await connectSsh({
      host,
      port,
      username: 'alice',
      privateKey: keyPair('ed25519').private,
    });
    t.after(() => client.destroy());
    const sftp = await RawSftp.open(client);
    // It speaks up to version 6.
    sftp.sendBytes(Buffer.from([0, 0, 0, 5, REQUEST.INIT, 0, 0, 0, 6]));
    assert.equal((await sftp.version).uint32(), 3);
    return new WinScp(sftp);
  }

  async realPath(path: string): Promise<string> {
    const { type, fields } = await this.sftp.ask(REQUEST.REALPATH, (to) => to.text(path));
    assert.deepEqual([type, fields.uint32()], [REPLY.NAME, 1]);
    return fields.text();
  }

  /** Size and time of modification; undefined when there is no such file. */
  async look(path: string): Promise<readonly [number, number] | undefined> {
    const reply = await this.sftp.ask(REQUEST.LSTAT, (to) => to.text(path));
    if (reply.type === REPLY.ATTRS) {
      const { fields } = reply;
      fields.uint32();
      const size = fields.uint64();
      for (let skipped = 0; skipped < 4; skipped++) fields.uint32();
      return [size, fields.uint32()];
    }
    assert.equal(statusOf(reply)[0], FX.NO_SUCH_FILE);
    return undefined;
  }

  /** The next page is asked for before one is read, and nobody waits for the end of CLOSE. */
  async list(path: string): Promise<readonly string[]> {
    const opened = await this.sftp.ask(REQUEST.OPENDIR, (to) => to.text(path));
    const handle = opened.fields.string();
    const names: string[] = [];
    const more = () => this.sftp.send(REQUEST.READDIR, (to) => to.string(handle));
    for (let id = more(); ; ) {
      const reply = await this.sftp.reply(id);
      if (reply.type === REPLY.STATUS) {
        assert.equal(statusOf(reply)[0], FX.EOF);
        break;
      }
      id = more();
      for (let left = reply.fields.uint32(); left > 0; left--) {
        names.push(reply.fields.text());
        reply.fields.text();
        reply.fields.uint32();
        reply.fields.uint64();
        for (let skipped = 0; skipped < 5; skipped++) reply.fields.uint32();
      }
    }
    this.sftp.send(REQUEST.CLOSE, (to) => to.string(handle));
    if (names.length === 0 && path !== '/') assert.ok(await this.look(`${path}/..`));
    return names.sort();
  }

  async open(path: string, flags: number, size?: number): Promise<Buffer | readonly [number, string]> {
    const reply = await this.sftp.ask(REQUEST.OPEN, (to) => {
      to.text(path)
        .uint32(flags)
        .uint32(size === undefined ? 0 : HAS.size);
      if (size !== undefined) to.uint64(size);
    });
    return reply.type === REPLY.HANDLE ? Buffer.from(reply.fields.string()) : statusOf(reply);
  }

  /** Files above 100 KiB: under a temporary name, which gets its last one when it is whole; gives what SETSTAT says. */
  async uploadLarge(path: string, content: Buffer): Promise<number> {
    const partial = `${path}.filepart`;
    const isThere = (await this.look(path)) !== undefined;
    const [from = 0] = (await this.look(partial)) ?? [];
    const handle = await this.open(
      partial,
      from > 0 ? FLAGS.onwards : FLAGS.over,
      from > 0 ? undefined : content.length,
    );
    assert.ok(Buffer.isBuffer(handle), String(handle));
    const ids = this.#write(handle, content, from);
    ids.push(this.sftp.send(REQUEST.CLOSE, (to) => to.string(handle)));
    await this.#allSucceed(ids);
    if (isThere) await this.succeeds(REQUEST.REMOVE, (to) => to.text(path));
    await this.succeeds(REQUEST.RENAME, (to) => to.text(partial).text(path));
    return statusOf(await this.sftp.reply(this.#setStat(path, isThere ? 0o640 : undefined)))[0];
  }

  /** Smaller ones: under their own name, SETSTAT behind CLOSE without waiting for it. */
  async uploadSmall(path: string, content: Buffer): Promise<number> {
    let handle = await this.open(path, FLAGS.new, content.length);
    if (!Buffer.isBuffer(handle)) {
      assert.equal(handle[0], FX.FAILURE, handle[1]);
      assert.ok(await this.look(path));
      handle = await this.open(path, FLAGS.over, content.length);
    }
    assert.ok(Buffer.isBuffer(handle), String(handle));
    const file = handle;
    const ids = this.#write(file, content, 0);
    ids.push(this.sftp.send(REQUEST.CLOSE, (to) => to.string(file)));
    const set = this.#setStat(path);
    await this.#allSucceed(ids);
    return statusOf(await this.sftp.reply(set))[0];
  }

  /** Asks for what lies behind the end too, before it knows where that is. */
  async download(path: string): Promise<Buffer> {
    const handle = await this.open(path, FLAGS.read);
    assert.ok(Buffer.isBuffer(handle), String(handle));
    const stat = await this.sftp.ask(REQUEST.FSTAT, (to) => to.string(handle));
    stat.fields.uint32();
    const size = stat.fields.uint64();
    const starts = Array.from({ length: Math.ceil(size / PIECE) + 3 }, (_, at) => at * PIECE);
    const ids = starts.map((at) =>
      this.sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(at).uint32(PIECE)),
    );
    const replies = await Promise.all(ids.map((id) => this.sftp.reply(id)));
    await this.succeeds(REQUEST.CLOSE, (to) => to.string(handle));
    return Buffer.concat(
      replies.map((reply) => {
        if (reply.type === REPLY.DATA) return Buffer.from(reply.fields.string());
        assert.equal(statusOf(reply)[0], FX.EOF);
        return Buffer.alloc(0);
      }),
    );
  }

  async succeeds(type: number, write: (fields: FieldWriter) => unknown): Promise<void> {
    const [code, text] = await this.sftp.status(type, write);
    assert.equal(code, FX.OK, text);
  }

  #write(handle: Buffer, content: Buffer, from: number): number[] {
    const ids: number[] = [];
    for (let at = from; at < content.length; at += PIECE) {
      const piece = content.subarray(at, at + PIECE);
      ids.push(this.sftp.send(REQUEST.WRITE, (to) => to.string(handle).uint64(at).string(piece)));
    }
    return ids;
  }

  async #allSucceed(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      const [code, text] = statusOf(await this.sftp.reply(id));
      assert.equal(code, FX.OK, text);
    }
  }

  #setStat(path: string, permissions?: number): number {
    return this.sftp.send(REQUEST.SETSTAT, (to) => {
      to.text(path).uint32(HAS.times | (permissions === undefined ? 0 : HAS.permissions));
      if (permissions !== undefined) to.uint32(permissions);
      to.uint32(TIME).uint32(TIME);
    });
  }
}
