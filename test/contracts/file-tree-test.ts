import { type TestContext, test } from 'node:test';
import type { FileTree } from '../../src/files/file-tree.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';

export interface OpenedTree {
  readonly tree: FileTree;
  /** What the tree has told of files that were written. */
  readonly written: readonly WrittenFile[];
  readonly close: () => Promise<void>;
}

export interface TreeTraits {
  /** Writes at any position, appending, and changes of a part of a file. */
  readonly writesAnywhere: boolean;
  /** A file shows only once it is closed. */
  readonly hidesOpenFiles: boolean;
  readonly setsTimes: boolean;
}

export type TreeTest = (
  name: string,
  body: (opened: OpenedTree, context: TestContext) => Promise<void>,
) => void;

export const treeTestOf =
  (backend: string, open: () => Promise<OpenedTree>): TreeTest =>
  (name, body) => {
    test(`${backend}: ${name}`, async (context) => {
      const opened = await open();
      try {
        await body(opened, context);
      } finally {
        await opened.close();
      }
    });
  };
