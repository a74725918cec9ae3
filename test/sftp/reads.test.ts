import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FilesError } from '../../src/files/files-error.ts';
import { REQUEST } from '../../src/sftp/packets/names.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { FX, RawSftp, statusOf } from '../support/raw-sftp.ts';
import { connect, serveSftp } from '../support/sftp-server.ts';

/** A session with one file, `/a`. */
async function openSession() {
  const tree = createMemoryTree();
  tree.put('/a', Buffer.from('hello'));
  const stack = new AsyncDisposableStack();
  const served = stack.use(await serveSftp({ tree }));
  const client = stack.use(await connect(served));
  const sftp = await RawSftp.start(client);
  return { tree, sftp, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('reads of one handle', () => {
  it('are answered in the order in which they came, whichever ends first', async () => {
    await using session = await openSession();
    const { tree, sftp } = session;
    const handles = [await sftp.open('/a', 'READ'), await sftp.open('/a', 'READ')] as const;
    const gate = Promise.withResolvers<void>();
    const held = [gate.promise, undefined, undefined];
    tree.before = (call) => (call === 'read' ? held.shift() : undefined);
    const read = (handle: Buffer, at: number) =>
      sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(at).uint32(1));
    const ids = [0, 1, 4].map((at) => read(handles[0], at));
    const other = read(handles[1], 2);
    assert.equal((await sftp.reply(other)).fields.text(), 'l');
    await sftp.status(REQUEST.STAT, (to) => to.text('/nowhere'));
    gate.resolve();
    const texts = await Promise.all(ids.map(async (id) => (await sftp.reply(id)).fields.text()));
    assert.equal(texts.join(''), 'heo');
    assert.deepEqual(
      sftp.order.filter((id) => ids.includes(id)),
      ids,
    );
  });

  it('are answered before the CLOSE of the handle that came after them', async () => {
    await using session = await openSession();
    const { tree, sftp } = session;
    const handle = await sftp.open('/a', 'READ');
    const gate = Promise.withResolvers<void>();
    const held = [gate.promise];
    tree.before = (call) => (call === 'read' ? held.shift() : undefined);
    const reads = Array.from({ length: 8 }, () =>
      sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(0).uint32(1)),
    );
    const close = sftp.send(REQUEST.CLOSE, (to) => to.string(handle));
    await sftp.status(REQUEST.STAT, (to) => to.text('/nowhere'));
    gate.resolve();
    await sftp.reply(close);
    const ids = [...reads, close];
    assert.deepEqual(
      sftp.order.filter((id) => ids.includes(id)),
      ids,
    );
  });

  it('fail in that order too, and hold up none that comes later', async () => {
    await using session = await openSession();
    const { tree, sftp } = session;
    const handle = await sftp.open('/a', 'READ');
    const failures = [new FilesError('unavailable', 'Gone for a moment')];
    tree.before = (call) => {
      const failure = call === 'read' ? failures.shift() : undefined;
      return failure && Promise.reject(failure);
    };
    const read = () => sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(0).uint32(5));
    const ids = [read(), read()];
    const [failed, right] = await Promise.all(ids.map((id) => sftp.reply(id)));
    assert.equal(failed && statusOf(failed)[0], FX.FAILURE);
    assert.equal(right?.fields.text(), 'hello');
    assert.deepEqual(
      sftp.order.filter((id) => ids.includes(id)),
      ids,
    );
  });
});
