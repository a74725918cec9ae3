import assert from 'node:assert/strict';
import { FilesError } from '../../src/files/files-error.ts';
import { rejects } from '../support/objects.ts';
import { download, mode, names, upload } from '../support/trees.ts';
import { pattern } from './bucket-writing.ts';
import type { TreeTest, TreeTraits } from './file-tree-test.ts';

export function writingTreeContract(treeTest: TreeTest, traits: TreeTraits): void {
  uploadContract(treeTest, traits);
  modesContract(treeTest, traits);
  (traits.writesAnywhere ? anywhereContract : onwardsContract)(treeTest);
  (traits.setsTimes ? timesContract : noTimesContract)(treeTest);
}

function uploadContract(treeTest: TreeTest, { hidesOpenFiles }: TreeTraits): void {
  treeTest('what is written is there after closing, and its owner is told', async ({ tree, written }) => {
    const content = pattern(700_001);
    const file = await tree.open('/a', mode('wct'));
    for (let at = 0; at < content.length; at += 32_768) {
      await file.write(at, Buffer.from(content.subarray(at, at + 32_768)));
    }
    assert.equal((await file.stat()).size, content.length);
    assert.deepEqual(await names(tree, '/'), hidesOpenFiles ? [] : ['a']);
    assert.equal(written.length, 0);
    await file.close('closed');
    assert.equal((await tree.stat('/a')).size, content.length);
    const reading = await tree.open('/a', mode('r'));
    assert.deepEqual(Buffer.from(await reading.read(600_000, 200_000)), content.subarray(600_000));
    assert.equal((await reading.read(700_001, 10)).length, 0);
    assert.equal((await reading.stat()).size, content.length);
    await reading.close('closed');
    assert.deepEqual(
      written.map(({ how, size }) => ({ how, size })),
      [{ how: 'closed', size: content.length }],
    );
  });

  treeTest('what arrived of a broken upload is kept', async ({ tree, written }) => {
    const file = await tree.open('/a', mode('wct'));
    await file.write(0, Buffer.from('part'));
    await file.close('broken');
    assert.equal(await download(tree, '/a'), 'part');
    assert.deepEqual(
      written.map(({ how, size }) => ({ how, size })),
      [{ how: 'broken', size: 4 }],
    );
  });

  treeTest('an upload replaces what was there', async ({ tree, written }) => {
    await upload(tree, '/a', 'a longer content');
    await upload(tree, '/a', 'short');
    assert.equal(await download(tree, '/a'), 'short');
    await upload(tree, '/a', '');
    assert.equal(await download(tree, '/a'), '');
    assert.deepEqual(
      written.map(({ size }) => size),
      [16, 5, 0],
    );
  });

  treeTest('an empty write is none', async ({ tree }) => {
    const file = await tree.open('/a', mode('wct'));
    await file.write(0, Buffer.alloc(0));
    await file.write(0, Buffer.from('ab'));
    await file.write(2, Buffer.alloc(0));
    await file.write(2, Buffer.from('c'));
    await file.close('closed');
    assert.equal(await download(tree, '/a'), 'abc');
  });
}

function modesContract(treeTest: TreeTest, { hidesOpenFiles }: TreeTraits): void {
  treeTest('an exclusive open meets no file', async ({ tree }) => {
    const file = await tree.open('/a', mode('wcte'));
    await file.write(0, Buffer.from('first'));
    if (hidesOpenFiles) await upload(tree, '/a', 'overtook');
    const outcome = file.close('closed');
    await (hidesOpenFiles ? rejects(outcome, 'exists') : outcome);
    await rejects(tree.open('/a', mode('wcte')), 'exists');
    assert.equal(await download(tree, '/a'), hidesOpenFiles ? 'overtook' : 'first');
  });

  treeTest('without CREATE a file must be there', async ({ tree }) => {
    await rejects(tree.open('/a', mode('w')), 'not-found');
    await rejects(tree.open('/a', mode('wt')), 'not-found');
    await upload(tree, '/a', 'old content');
    const file = await tree.open('/a', mode('wt'));
    await file.write(0, Buffer.from('new'));
    await file.close('closed');
    assert.equal(await download(tree, '/a'), 'new');
  });

  treeTest('closing a file without a write keeps what is in it', async ({ tree, written }) => {
    await upload(tree, '/a', 'old');
    const file = await tree.open('/a', mode('wc'));
    await file.close('closed');
    assert.equal(await download(tree, '/a'), 'old');
    assert.equal(written.length, 1);
  });

  treeTest('reads and writes are of what the file was opened for', async ({ tree }) => {
    await upload(tree, '/a', 'x');
    const reading = await tree.open('/a', mode('r'));
    await rejects((async () => reading.write(0, Buffer.from('y')))(), 'denied');
    await reading.close('closed');
    const writing = await tree.open('/a', mode('wct'));
    await rejects(writing.read(0, 1), 'denied');
    await writing.write(0, Buffer.from('y'));
    await writing.close('closed');
    assert.equal(await download(tree, '/a'), 'y');
  });
}

function anywhereContract(treeTest: TreeTest): void {
  treeTest('writes are at any position', async ({ tree }) => {
    const file = await tree.open('/a', mode('wct'));
    await file.write(4, Buffer.from('5678'));
    await file.write(0, Buffer.from('1234'));
    await file.write(2, Buffer.from('xx'));
    await file.close('closed');
    assert.equal(await download(tree, '/a'), '12xx5678');
  });

  treeTest('a file is resumed and appended to', async ({ tree, written }) => {
    await upload(tree, '/a', 'hello');
    const resumed = await tree.open('/a', mode('wc'));
    await resumed.write(5, Buffer.from(' world'));
    await resumed.close('closed');
    assert.equal(await download(tree, '/a'), 'hello world');
    const appended = await tree.open('/a', mode('wac'));
    await appended.write(0, Buffer.from('!'));
    await appended.write(0, Buffer.from('!'));
    await appended.close('closed');
    assert.equal(await download(tree, '/a'), 'hello world!!');
    assert.deepEqual(
      written.map(({ size }) => size),
      [5, 11, 13],
    );
  });
}

function onwardsContract(treeTest: TreeTest): void {
  const message = 'AWS Transfer does not support random access writes to S3 objects';
  const isRefused = (error: unknown): boolean =>
    error instanceof FilesError && error.reason === 'unsupported' && error.message === message;

  treeTest('writes that come somewhat early wait for those before them', async ({ tree }) => {
    const content = pattern(500_000);
    const file = await tree.open('/a', mode('wct'));
    const starts = Array.from({ length: 16 }, (_, at) => at * 32_000).filter((at) => at < content.length);
    // Each four the other way round.
    for (let at = 0; at < starts.length; at += 4) {
      for (const start of starts.slice(at, at + 4).reverse()) {
        await file.write(start, Buffer.from(content.subarray(start, start + 32_000)));
      }
    }
    await file.close('closed');
    assert.deepEqual(Buffer.from(await download(tree, '/a')), Buffer.from(content.toString()));
  });

  treeTest('overlaps and gaps are refused as the vendor does', async ({ tree }) => {
    const overlap = await tree.open('/a', mode('wct'));
    await overlap.write(0, Buffer.from('abc'));
    await assert.rejects(async () => overlap.write(1, Buffer.from('x')), isRefused);
    await overlap.close('broken');
    const gap = await tree.open('/b', mode('wct'));
    await gap.write(0, Buffer.from('abc'));
    await gap.write(10, Buffer.from('x'));
    await assert.rejects(gap.close('closed'), isRefused);
    await rejects(tree.stat('/b'), 'not-found');
    const far = await tree.open('/c', mode('wct'));
    const piece = Buffer.alloc(1 << 20);
    await assert.rejects(async () => {
      for (let at = 1; at < 20; at++) await far.write(at * piece.length, Buffer.from(piece));
    }, isRefused);
    await far.close('broken');
  });

  treeTest('what is there outlives an upload that wants to go on from its end', async ({ tree, written }) => {
    await upload(tree, '/a', 'as it was');
    const lost = await tree.open('/a', mode('w'));
    await lost.write(9, Buffer.from(' and more'));
    await lost.close('broken');
    const refused = await tree.open('/a', mode('wc'));
    const piece = Buffer.alloc(1 << 20);
    await assert.rejects(async () => {
      for (let at = 0; at < 20; at++) await refused.write(9 + at * piece.length, Buffer.from(piece));
    }, isRefused);
    await refused.close('broken');
    assert.equal(await download(tree, '/a'), 'as it was');
    assert.equal(written.length, 1);
  });

  treeTest('reading while writing, and appending, are refused as the vendor does', async ({ tree }) => {
    await assert.rejects(tree.open('/a', mode('rwct')), {
      message: 'Cannot open file in mode: CREATE|READ|TRUNCATE|WRITE',
      reason: 'unsupported',
    });
    await rejects(tree.open('/a', mode('wac')), 'unsupported');
  });
}

function timesContract(treeTest: TreeTest): void {
  treeTest('times are set on paths and on open files', async ({ tree }) => {
    const modifiedAt = 1_500_000_000_000;
    await upload(tree, '/a', 'x');
    await tree.setStat('/a', { modifiedAt, accessedAt: modifiedAt, permissions: 0o644 });
    assert.equal((await tree.stat('/a')).modifiedAt, modifiedAt);
    const file = await tree.open('/b', mode('wct'));
    await file.write(0, Buffer.from('x'));
    await file.setStat({ modifiedAt, accessedAt: modifiedAt });
    await file.close('closed');
    assert.equal((await tree.stat('/b')).modifiedAt, modifiedAt);
  });
}

function noTimesContract(treeTest: TreeTest): void {
  treeTest('attributes cannot be set', async ({ tree }) => {
    await upload(tree, '/a', 'x');
    await rejects(tree.setStat('/a', { modifiedAt: 1_500_000_000_000 }), 'unsupported');
    const file = await tree.open('/b', mode('wct'));
    await rejects(file.setStat({ modifiedAt: 1_500_000_000_000 }), 'unsupported');
    await file.close('closed');
  });
}
