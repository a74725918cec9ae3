import assert from 'node:assert/strict';
import { rejects } from '../support/objects.ts';
import { download, mode, names, upload } from '../support/trees.ts';
import { type OpenedTree, type TreeTest, type TreeTraits, treeTestOf } from './file-tree-test.ts';
import { writingTreeContract } from './file-tree-writing.ts';

/** What every file tree does, whatever it shows. */
export function fileTreeContract(backend: string, traits: TreeTraits, open: () => Promise<OpenedTree>): void {
  const treeTest = treeTestOf(backend, open);
  directoryContract(treeTest);
  renamingContract(treeTest);
  pathContract(treeTest);
  writingTreeContract(treeTest, traits);
}

function directoryContract(treeTest: TreeTest): void {
  treeTest('directories are made, listed and removed', async ({ tree }) => {
    assert.deepEqual(await names(tree, '/'), []);
    assert.equal((await tree.stat('/')).kind, 'directory');
    await tree.makeDirectory('/in', {});
    assert.deepEqual(await names(tree, '/'), ['in/']);
    assert.deepEqual(await names(tree, '/in'), []);
    assert.equal((await tree.stat('/in')).kind, 'directory');
    await rejects(tree.makeDirectory('/in', {}), 'exists');
    await rejects(tree.makeDirectory('/', {}), 'exists');
    await tree.removeDirectory('/in');
    assert.deepEqual(await names(tree, '/'), []);
    await rejects(tree.stat('/in'), 'not-found');
    await rejects(tree.removeDirectory('/in'), 'not-found');
  });

  treeTest('a directory that holds something is not removed', async ({ tree }) => {
    await tree.makeDirectory('/in', {});
    await upload(tree, '/in/a', 'x');
    await rejects(tree.removeDirectory('/in'), 'not-empty');
    await tree.remove('/in/a');
    await tree.makeDirectory('/in/deep', {});
    await rejects(tree.removeDirectory('/in'), 'not-empty');
    await tree.removeDirectory('/in/deep');
    await tree.removeDirectory('/in');
    await rejects(tree.removeDirectory('/'), 'denied');
  });

  treeTest('files and directories are not mixed up', async ({ tree }) => {
    await tree.makeDirectory('/dir', {});
    await upload(tree, '/file', 'x');
    await rejects(tree.remove('/dir'), 'is-a-directory');
    await rejects(tree.removeDirectory('/file'), 'not-a-directory');
    await rejects(tree.open('/dir', mode('r')), 'is-a-directory');
    await rejects(tree.open('/', mode('r')), 'is-a-directory');
    await rejects(tree.open('/', mode('wct')), 'is-a-directory');
    await rejects(tree.makeDirectory('/file', {}), 'exists');
    await rejects(names(tree, '/file'), 'not-a-directory');
    await rejects(names(tree, '/none'), 'not-found');
    await rejects(tree.remove('/none'), 'not-found');
    await rejects(tree.open('/none', mode('r')), 'not-found');
    assert.equal((await tree.lstat('/file')).kind, 'file');
  });

  treeTest('a large directory comes in pages', async ({ tree }) => {
    await tree.makeDirectory('/many', {});
    const all = Array.from({ length: 1203 }, (_, at) => `f${String(at).padStart(5, '0')}`);
    for (let at = 0; at < all.length; at += 50) {
      await Promise.all(all.slice(at, at + 50).map((name) => upload(tree, `/many/${name}`, name)));
    }
    assert.deepEqual(await names(tree, '/many'), all);
    for await (const page of tree.list('/many')) {
      assert.ok(page.length <= 1000);
      break;
    }
  });
}

function renamingContract(treeTest: TreeTest): void {
  treeTest('a file is renamed, and replaces only when it may', async ({ tree }) => {
    await tree.makeDirectory('/to', {});
    await upload(tree, '/a', 'content');
    await tree.rename('/a', '/to/b', { replace: false });
    assert.equal(await download(tree, '/to/b'), 'content');
    await rejects(tree.stat('/a'), 'not-found');
    await upload(tree, '/c', 'other');
    await rejects(tree.rename('/c', '/to/b', { replace: false }), 'exists');
    assert.equal(await download(tree, '/to/b'), 'content');
    await tree.rename('/c', '/to/b', { replace: true });
    assert.equal(await download(tree, '/to/b'), 'other');
    assert.deepEqual(await names(tree, '/'), ['to/']);
    await rejects(tree.rename('/none', '/x', { replace: false }), 'not-found');
  });

  treeTest('a directory is renamed with all beneath', async ({ tree }) => {
    await tree.makeDirectory('/from', {});
    await tree.makeDirectory('/from/empty', {});
    await tree.makeDirectory('/from/deep', {});
    await upload(tree, '/from/deep/a', 'a');
    await upload(tree, '/from/b', 'b');
    await rejects(tree.rename('/from', '/from/deep/inside', { replace: false }), 'invalid');
    await tree.rename('/from', '/to', { replace: false });
    assert.deepEqual(await names(tree, '/'), ['to/']);
    assert.deepEqual(await names(tree, '/to'), ['b', 'deep/', 'empty/']);
    assert.equal(await download(tree, '/to/deep/a'), 'a');
    await tree.makeDirectory('/other', {});
    await upload(tree, '/other/x', 'x');
    await rejects(tree.rename('/to', '/other', { replace: false }), 'exists');
    assert.equal(await download(tree, '/other/x'), 'x');
  });
}

function pathContract(treeTest: TreeTest): void {
  treeTest('paths are taken as text and never leave', async ({ tree }) => {
    await tree.makeDirectory('/a', {});
    await upload(tree, '/a/b', 'x');
    for (const path of ['/a/../a/./b', '//a//b', '/../../a/b', '/a/b/', '/a/x/../b', 'a/b']) {
      assert.equal(await tree.realPath(path), '/a/b', path);
      assert.equal((await tree.stat(path)).size, 1, path);
    }
    assert.equal(await tree.realPath('/..'), '/');
    assert.equal(await tree.realPath('/not/there/..'), '/not');
    for (const path of ['/a\0b', '/\ud800']) {
      await rejects(tree.stat(path), 'invalid');
      await rejects(tree.open(path, mode('wct')), 'invalid');
      await rejects(names(tree, path), 'invalid');
    }
  });

  treeTest('names of all kinds of characters are kept as they are', async ({ tree }) => {
    const all = ['ümläut', 'a b', '%2F', '日本語', '😀', 'quote\'"', '...', '-rf', '\\'];
    for (const name of all) await upload(tree, `/${name}`, name);
    assert.deepEqual(await names(tree, '/'), all.toSorted());
    for (const name of all) assert.equal(await download(tree, `/${name}`), name);
  });
}
