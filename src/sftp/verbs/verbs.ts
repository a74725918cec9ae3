import type { Task, Workplace } from '../channel/workplace.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { REQUEST } from '../packets/names.ts';
import { close } from './close.ts';
import { makeDirectory, openDirectory, readDirectory, removeDirectory } from './directories.ts';
import { extended } from './extended.ts';
import { readLink, realPath, symlink } from './links.ts';
import { remove, rename } from './names.ts';
import { open } from './open.ts';
import { read } from './read.ts';
import { fsetStat, setStat } from './set-stat.ts';
import { fstat, lstat, stat } from './stat.ts';
import { write } from './write.ts';

export interface Verb {
  /** As logs name it. */
  readonly name: string;
  /** Reads and checks the request; throws `MalformedRequest` and `Refusal`. */
  readonly prepare: (fields: FieldReader, place: Workplace) => Task;
}

const ALL: Readonly<Record<Exclude<keyof typeof REQUEST, 'INIT'>, Verb['prepare']>> = {
  OPEN: open,
  CLOSE: close,
  READ: read,
  WRITE: write,
  LSTAT: lstat,
  FSTAT: fstat,
  SETSTAT: setStat,
  FSETSTAT: fsetStat,
  OPENDIR: openDirectory,
  READDIR: readDirectory,
  REMOVE: remove,
  MKDIR: makeDirectory,
  RMDIR: removeDirectory,
  REALPATH: realPath,
  STAT: stat,
  RENAME: rename,
  READLINK: readLink,
  SYMLINK: symlink,
  EXTENDED: extended,
};

/** By the type of the packet. */
export const VERBS: ReadonlyMap<number, Verb> = new Map(
  Object.entries(ALL).map(([name, prepare]) => [REQUEST[name as keyof typeof ALL], { name, prepare }]),
);
