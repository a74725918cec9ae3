import type { FileTree } from '../../../files/file-tree.ts';
import type { BeginWriting, StoredFile, Written, WrittenFile } from '../../../files/trees/written-file.ts';
import type { Transfer } from '../transfer.ts';
import { readStoragePath } from './storage-path.ts';

export interface LastNamesOptions {
  readonly transfer: Transfer;
  readonly domain: 'S3' | 'EFS';
  readonly beginWriting: BeginWriting;
  readonly storagePath: (path: string) => string;
}

/**
 * Some clients upload under a name of their own and rename the file when it is whole: where the configuration knows such names,
 * a file has arrived when it gets another one.
 */
export function takingLastNames(tree: FileTree, options: LastNamesOptions): FileTree {
  const { transfer, beginWriting } = options;
  if (transfer.settings.temporarySuffixes.length === 0) return tree;
  return {
    ...tree,
    rename: async (from, to, how) => {
      const isLast = isTemporary(transfer, from) && !isTemporary(transfer, to);
      const written = isLast ? beginWriting() : undefined;
      await tree.rename(from, to, how);
      if (written === undefined) return;
      const file = await findFile(tree, to, options);
      if (file !== undefined) await written(file);
    },
  };
}

/** Hands on what has its last name. What a client left unclosed keeps the name that it has. */
export const unlessTemporary =
  (transfer: Transfer, written: Written): Written =>
  async (file) => {
    if (file.how === 'closed' && isTemporary(transfer, pathOf(file.location))) return;
    await written(file);
  };

const isTemporary = ({ settings }: Transfer, path: string): boolean =>
  settings.temporarySuffixes.some((suffix) => path.endsWith(suffix));

const pathOf = (location: StoredFile): string => (location.kind === 'bucket' ? location.key : location.path);

/** As whoever had written it would tell of it; undefined for a directory. */
async function findFile(
  tree: FileTree,
  path: string,
  { transfer: { storage }, domain, storagePath }: LastNamesOptions,
): Promise<WrittenFile | undefined> {
  const { root, path: key } = readStoragePath(storagePath(path));
  if (domain === 'EFS') {
    const { kind, size } = await tree.lstat(path);
    const location = { kind: 'file-system', fileSystemId: root, path: `/${key}` } as const;
    return kind === 'file' ? { how: 'closed', size, location } : undefined;
  }
  const found = await storage.bucket(root)?.head({ key });
  if (found === undefined) return undefined;
  const { size, etag, versionId } = found;
  return { how: 'closed', size, location: { kind: 'bucket', bucket: root, key, versionId, etag } };
}
