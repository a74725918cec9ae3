import assert from 'node:assert/strict';
import { readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OpenFile } from '../../src/files/file-tree.ts';
import { download, mode } from '../support/trees.ts';
import { opened, openTree } from './open-posix.ts';

const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';

test('what was written so far is made durable when a client asks', async (context) => {
  const { tree, path } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wc'));
  await file.write(0, Buffer.from('hello'));
  assert.ok(file.sync);
  await file.sync();
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'hello');
  await file.close('broken');
});

test('a checksum is told of what was written from its start to its end', async (context) => {
  const { tree, written } = await opened(context, openTree());
  const write = async (flags: string, work: (file: OpenFile) => Promise<unknown>): Promise<void> => {
    const file = await tree.open('/a', mode(flags));
    await work(file);
    await file.close('closed');
  };
  const hello = Buffer.from('hello');
  await write('wct', async (file) => {
    await file.write(0, hello.subarray(0, 2));
    await file.write(2, hello.subarray(2));
  });
  await write('wct', async (file) => {
    await file.write(2, hello.subarray(2));
    await file.write(0, hello.subarray(0, 2));
  });
  await write('wa', async (file) => file.write(0, hello));
  await write('w', async (file) => file.write(0, hello));
  await write('wct', async (file) => {
    await file.write(0, hello);
    await file.setStat({ size: 2 });
    await file.setStat({ size: 5 });
  });
  const told = written.map(({ size, checksum }) => [size, checksum]);
  assert.deepEqual(told, [
    [5, HELLO_MD5],
    [5, undefined],
    [10, undefined],
    [10, undefined],
    [5, undefined],
  ]);
});

test('what several append at the same time is all there', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const files = [await tree.open('/a', mode('wac')), await tree.open('/a', mode('wac'))];
  for (const [at, file] of files.entries()) await file.write(0, Buffer.from(`first of ${at}, `));
  for (const [at, file] of files.entries()) await file.write(0, Buffer.from(`last of ${at}, `));
  for (const file of files) await file.close('closed');
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'first of 0, first of 1, last of 0, last of 1, ');
  assert.deepEqual(
    written.map(({ size, checksum }) => [size, checksum]),
    Array(2).fill([46, undefined]),
  );
});

test('a write that was answered is there for all who look', async (context) => {
  const { tree } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wct'));
  const reader = await tree.open('/a', mode('r'));
  await file.write(0, Buffer.from('hello'));
  assert.equal((await tree.stat('/a')).size, 5);
  assert.equal((await reader.stat()).size, 5);
  await file.write(5, Buffer.from('!'));
  assert.equal(Buffer.from(await reader.read(0, 10)).toString(), 'hello!');
  await reader.close('closed');
  await file.write(6, Buffer.from('!'));
  assert.equal(await download(tree, '/a'), 'hello!!');
  await file.close('closed');
});

test('the last of several writes to one place counts, whoever closes first', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const first = await tree.open('/a', mode('wct'));
  await first.write(0, Buffer.from('first'));
  const second = await tree.open('/a', mode('w'));
  await second.write(0, Buffer.from('again'));
  await first.write(0, Buffer.from('f'));
  await second.close('closed');
  await first.close('closed');
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'fgain');
  assert.deepEqual(
    written.map(({ checksum }) => checksum),
    [undefined, undefined],
  );
});

test('a file that is cut or dated while it is open stays so', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wct'));
  await file.write(0, Buffer.from('hello, world'));
  await tree.setStat('/a', { size: 5, modifiedAt: 1_000_000, accessedAt: 1_000_000 });
  await file.close('closed');
  const { size, mtimeMs } = statSync(join(path, 'a'));
  assert.deepEqual([size, mtimeMs], [5, 1_000_000]);
  assert.deepEqual([written[0]?.size, written[0]?.checksum], [5, undefined]);
});

test('a file gets no gaps that its disk could not hold, by writes or by its size', async (context) => {
  const { tree, path } = await opened(context, openTree());
  const { bavail, bsize } = statfsSync(path);
  const room = bavail * bsize;
  const far = 2 * room;
  const file = await tree.open('/a', mode('wct'));
  assert.throws(() => file.write(far, Buffer.from('x')), { reason: 'no-space' });
  await assert.rejects(file.setStat({ size: far }), { reason: 'no-space' });
  await assert.rejects(
    async () => {
      for (let part = 1; part <= 10; part++)
        await file.write(Math.floor((part * room) / 8), Buffer.from('x'));
    },
    { reason: 'no-space' },
  );
  await file.setStat({ size: 5 });
  await file.write(1_000_000, Buffer.from('x'));
  await file.close('closed');
  await assert.rejects(tree.setStat('/a', { size: far }), { reason: 'no-space' });
  assert.equal(statSync(join(path, 'a')).size, 1_000_001);
  await tree.setStat('/a', { size: Math.floor(room / 2) });
  const most = Math.floor(room * 1.25);
  await assert.rejects(tree.setStat('/a', { size: most }), { reason: 'no-space' });
  const again = await tree.open('/a', mode('w'));
  assert.throws(() => again.write(most, Buffer.from('x')), { reason: 'no-space' });
  await again.close('closed');
});

test('reading and writing through one handle see each other', async (context) => {
  const { tree } = await opened(context, openTree());
  const file = await tree.open('/a', mode('rwct'));
  await file.write(0, Buffer.from('hello world'));
  assert.equal(Buffer.from(await file.read(6, 100)).toString(), 'world');
  await file.setStat({ size: 5 });
  assert.equal((await file.stat()).size, 5);
  await file.write(5, Buffer.from('!'));
  await file.close('closed');
  assert.equal(await download(tree, '/a'), 'hello!');
});
