import { fchmodSync, fstatSync, ftruncateSync, futimesSync } from 'node:fs';
import type { PosixUser } from '../../file-system.ts';
import type { StatChanges } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import { bytesThere, checkGaps } from '../gaps.ts';
import { type Access, isIn, may } from './permissions.ts';
import { denied, type PosixFiles } from './posix-files.ts';

export interface ChangingStat {
  readonly user: PosixUser;
  readonly path: string;
  readonly changes: StatChanges;
  /** Open for writing where `size` changes. */
  readonly fd: number;
}

/** Changes what is known of an open file or directory, as far as that user may; all that is asked for, or nothing. */
export function changeStat(files: PosixFiles, { user, path, changes, fd }: ChangingStat): void {
  const stats = fstatSync(fd, { bigint: true });
  const access = files.accessOf(stats);
  const { size, permissions, modifiedAt, accessedAt, uid, gid } = changes;
  check(user, path, { changes, access });
  if (size !== undefined) {
    if (!stats.isFile()) throw new FilesError('is-a-directory', `It is a directory: ${path}`);
    if (size > stats.size) checkGaps(size - bytesThere(stats), files.own.uploads.path, path);
    ftruncateSync(fd, size);
  }
  if (uid !== undefined || gid !== undefined) {
    files.give(fd, { uid: uid ?? access.uid, gid: gid ?? access.gid });
  }
  if (permissions !== undefined) fchmodSync(fd, permissions & files.settableBits(user));
  if (modifiedAt !== undefined || accessedAt !== undefined) {
    futimesSync(
      fd,
      (accessedAt ?? Number(stats.atimeMs)) / 1000,
      (modifiedAt ?? Number(stats.mtimeMs)) / 1000,
    );
  }
}

function check(
  user: PosixUser,
  path: string,
  { changes, access }: { readonly changes: StatChanges; readonly access: Access },
): void {
  const { size, permissions, modifiedAt, accessedAt, uid, gid } = changes;
  const isOwner = user.uid === 0 || user.uid === access.uid;
  const ofOwner = [permissions, modifiedAt, accessedAt].some((value) => value !== undefined);
  if (size !== undefined && !may(user, 'write', access)) throw denied(path);
  if (ofOwner && !isOwner) throw denied(path);
  if (user.uid === 0) return;
  if (uid !== undefined && uid !== access.uid) throw denied(path);
  if (gid !== undefined && gid !== access.gid && !(isOwner && isIn(user, gid))) throw denied(path);
}
