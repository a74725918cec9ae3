import type { PosixUser } from '../../file-system.ts';

/** Who owns a file, and its permission bits. */
export interface Access {
  readonly uid: number;
  readonly gid: number;
  readonly permissions: number;
}

const BITS = { read: 4, write: 2, execute: 1 } as const;
export type Right = keyof typeof BITS;

const STICKY = 0o1000;

/** As POSIX decides: by the bits of the owner, else of the group, else of others. Uid 0 may do everything. */
export function may(user: PosixUser, right: Right, { uid, gid, permissions }: Access): boolean {
  if (user.uid === 0) return true;
  const shift = user.uid === uid ? 6 : isIn(user, gid) ? 3 : 0;
  return ((permissions >> shift) & BITS[right]) !== 0;
}

export const isIn = (user: PosixUser, gid: number): boolean =>
  user.gid === gid || user.secondaryGids.includes(gid);

/** In a sticky directory only the owners of an entry or of the directory may remove or rename it. */
export function mayUnlink(user: PosixUser, directory: Access, entry: Access): boolean {
  const isFree = (directory.permissions & STICKY) === 0 || user.uid === 0;
  return isFree || user.uid === entry.uid || user.uid === directory.uid;
}
