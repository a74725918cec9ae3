import { fstatSync, linkSync, lstatSync, renameSync, rmdirSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import { type Directory, descend } from '../directory.ts';
import { isAbsence } from '../fs-failure.ts';
import { type BucketFiles, directoryIdentity } from './bucket-files.ts';
import type { ObjectPath } from './object-path.ts';

/** Directories whose entries have changed, open; `settle` makes that durable and closes them. */
export type Changed = readonly Directory[];

export async function settle(changed: Changed): Promise<void> {
  try {
    await Promise.all(changed.map((directory) => directory.flush()));
  } finally {
    for (const directory of changed) directory.close();
  }
}

/** Opens the directories above an object, the last one last; those that are missing are made and noted as implied. */
export function makeAbove(files: BucketFiles, path: ObjectPath): { parent: Directory; changed: Directory[] } {
  files.selections.forget([...path.directories, path.name]);
  let parent = files.root.enter('.');
  const changed: Directory[] = [];
  try {
    for (const name of path.directories) {
      const above = parent;
      const { directory, isNew } = above.enterOrMake(name);
      parent = directory;
      if (isNew) {
        const stats = fstatSync(directory.fd, { bigint: true });
        files.own.notes.put(directoryIdentity(stats), { kind: 'implied' });
        changed.push(above);
      } else above.close();
    }
    return { parent, changed: [...changed, parent] };
  } catch (error) {
    for (const directory of new Set([...changed, parent])) directory.close();
    throw error;
  }
}

/**
 * Lets an object appear under its name in one act. With `isExclusive` it throws EEXIST where anything has the name;
 * then `source` stays, else it becomes the object.
 */
export function place(
  files: BucketFiles,
  path: ObjectPath,
  { source, isExclusive }: { readonly source: string; readonly isExclusive: boolean },
): Changed {
  const { parent, changed } = makeAbove(files, path);
  try {
    const target = parent.at(path.name);
    if (isExclusive) linkSync(source, target);
    else {
      const replaced = inodeAt(target);
      renameSync(source, target);
      if (replaced !== undefined) files.own.notes.delete(replaced);
    }
    return changed;
  } catch (error) {
    for (const directory of changed) directory.close();
    prune(files, path.directories);
    throw error;
  }
}

function inodeAt(path: string): bigint | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  // Another name still leads to the content.
  return stats?.isFile() && stats.nlink === 1n ? stats.ino : undefined;
}

/** Removes directories that are empty and were only made because a key implied them, from the deepest up. */
export function prune(files: BucketFiles, directories: readonly string[]): void {
  files.selections.forget(directories);
  for (let depth = directories.length; depth > 0; depth--) {
    const name = directories[depth - 1] as string;
    try {
      const above = descend(files.root, directories.slice(0, depth - 1));
      try {
        if (!removeImplied(files, above.at(name))) return;
      } finally {
        above.close();
      }
    } catch (error) {
      if (codeOf(error) === 'ENOTEMPTY' || isAbsence(error)) return;
      throw error;
    }
  }
}

function removeImplied({ own }: BucketFiles, path: string): boolean {
  const stats = lstatSync(path, { bigint: true });
  if (!stats.isDirectory() || own.notes.get(directoryIdentity(stats))?.kind !== 'implied') return false;
  rmdirSync(path);
  own.notes.delete(stats.ino);
  return true;
}
