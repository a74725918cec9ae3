// Before all else: what is imported below takes its `fsync` from there.
import '../../support/failing-fsync.ts';

import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { DirectoryBucket } from '../../../src/files/backends/local/directory-bucket.ts';
import { failNext, hasFailed } from '../../support/failing-fsync.ts';
import { put, rejects } from '../../support/objects.ts';
import { SftpWorld } from '../../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { tag } from '../../support/workflow-steps.ts';

const FILE_SYSTEM = 'fs-0123456789abcdef0';
const REFUSED = /The storage does not answer as it should: .*\/a\.txt/;

async function openWorld(t: TestContext, storage: 'bucket' | 'file system'): Promise<SftpWorld> {
  const isBucket = storage === 'bucket';
  const world = await SftpWorld.open(
    t,
    isBucket ? {} : { fileSystems: [FILE_SYSTEM] },
    isBucket ? {} : { Domain: 'EFS' },
  );
  const profile = { Uid: process.getuid?.() ?? 0, Gid: process.getgid?.() ?? 0 };
  await world.createUser(isBucket ? {} : { HomeDirectory: `/${FILE_SYSTEM}`, PosixProfile: profile });
  return world;
}

describe('an fsync that fails', () => {
  // That of the content, and that of the directory which has got a name.
  for (const storage of ['bucket', 'file system'] as const)
    for (const after of [0, 1])
      test(`of an upload to a ${storage}, number ${after + 1}, is told to the client, and the next upload is well`, async (t) => {
        const world = await openWorld(t, storage);
        const workflowId = await world.use([tag({ s: 'ok' })]);
        const session = await world.login();
        failNext('fsync', { after });
        await assert.rejects(session.put('a.txt', 'hello'), REFUSED);
        assert.ok(hasFailed('fsync'));
        const folder = join(world.data, storage === 'bucket' ? 'buckets/in' : FILE_SYSTEM);
        assert.deepEqual(readdirSync(join(folder, '.orrery/uploads')), []);
        const isNamed = storage === 'file system' || after === 1;
        assert.equal(existsSync(join(folder, 'a.txt')), isNamed);
        // An object's execution begins as soon as it shows: then there is one of an upload that nobody was told of.
        const begun = storage === 'bucket' && after === 1 ? 1 : 0;
        assert.equal((await world.executions(workflowId)).length, begun);
        await session.put('a.txt', 'again');
        assert.equal((await world.ended(workflowId, begun + 1)).length, begun + 1);
      });

  test('that a client has asked for fails the CLOSE too, though the system says then that all is well', async (t) => {
    const world = await openWorld(t, 'file system');
    const workflowId = await world.use([tag({ s: 'ok' })]);
    const session = await world.login();
    const handle = await session.open('a.txt', 'w');
    await session.write(handle, Buffer.from('hello'));
    failNext('fsync');
    await assert.rejects(session.sync(handle), REFUSED);
    assert.ok(hasFailed('fsync'));
    await assert.rejects(session.sync(handle), REFUSED);
    await session.write(handle, Buffer.from(' more'), 5);
    await assert.rejects(session.close(handle), REFUSED);
    assert.deepEqual(await world.executions(workflowId), []);
  });

  test('early in a long upload to a bucket fails its end too', async (t) => {
    const { bucket, path } = await openBucket(t);
    const writer = await bucket.create('a.bin');
    const piece = Buffer.alloc(1 << 20, 'x');
    failNext('fsync');
    for (let at = 0; at < 66; at += 1) await writer.write(at * piece.length, piece);
    await assert.rejects(writer.publish(), { reason: 'unavailable' });
    assert.ok(hasFailed('fsync'));
    assert.deepEqual(readdirSync(path), ['.orrery']);
    assert.deepEqual(readdirSync(join(path, '.orrery/uploads')), []);
  });

  test('of notes makes all of them durable anew with the next', async (t) => {
    const { bucket, path } = await openBucket(t);
    const logged = (): number => statSync(join(path, '.orrery/notes.db-wal')).size;
    await put(bucket, 'a', 'one');
    failNext('fdatasync');
    await rejects(put(bucket, 'a', 'two'), 'unavailable');
    assert.ok(hasFailed('fdatasync'));
    assert.ok(logged() > 0);
    await put(bucket, 'b', 'one');
    assert.equal(logged(), 0, 'nothing rests on the log that the disk may have lost a part of');
    await put(bucket, 'c', 'one');
    assert.ok(logged() > 0);
  });
});

async function openBucket(
  t: TestContext,
): Promise<{ readonly bucket: DirectoryBucket; readonly path: string }> {
  const { path, remove } = await makeTemporaryDirectory();
  const bucket = new DirectoryBucket({ name: 'b', region: 'us-east-1', directory: path });
  t.after(async () => {
    bucket.close();
    await remove();
  });
  return { bucket, path };
}
