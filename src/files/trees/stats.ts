import type { FileStat } from '../file-tree.ts';

const FILE_PERMISSIONS = 0o644;
const DIRECTORY_PERMISSIONS = 0o755;

/** How storage without owners and permissions shows a file. */
export function plainFileStat({ size, modifiedAt }: { size: number; modifiedAt: number }): FileStat {
  return stat('file', { size, modifiedAt, permissions: FILE_PERMISSIONS });
}

/** A directory that is only implied by what is beneath it, and so has no time. */
export function impliedDirectoryStat(): FileStat {
  return stat('directory', { size: 0, modifiedAt: 0, permissions: DIRECTORY_PERMISSIONS });
}

const stat = (
  kind: FileStat['kind'],
  known: Pick<FileStat, 'size' | 'modifiedAt' | 'permissions'>,
): FileStat => ({ kind, ...known, accessedAt: known.modifiedAt, uid: 0, gid: 0 });
