import { type BigIntStats, fstatSync, lstatSync, readlinkSync } from 'node:fs';
import type { PosixUser } from '../../file-system.ts';
import { descriptorPath } from '../directory.ts';
import type { PosixFiles } from './posix-files.ts';
import { resolve } from './resolve.ts';

interface Open {
  readonly user: PosixUser;
  /** By which it was opened. */
  readonly path: string;
  readonly fd: number;
}

/** The path by which an open file is to be found by now, whoever has renamed it; the one it was opened by where nobody can tell. */
export function presentPath(files: PosixFiles, open: Open): string {
  const now = pathOf(files, open.fd);
  if (now === undefined || now === open.path || isStill(files, open)) return open.path;
  return isAt(files.root.at(now.slice(1)), open.fd) ? now : open.path;
}

/** As the system tells it, from the root on; perhaps of a file that has been removed. */
function pathOf({ root }: PosixFiles, fd: number): string | undefined {
  const [file, directory] = [fd, root.fd].map(descriptorPath);
  if (file === undefined || directory === undefined) return undefined;
  const [now, above] = [readlinkSync(file), readlinkSync(directory)];
  const prefix = above === '/' ? '' : above;
  return now.startsWith(`${prefix}/`) ? now.slice(prefix.length) : undefined;
}

/** A path may lead through links: then it is another than the system tells, and right all the same. */
function isStill(files: PosixFiles, { user, path, fd }: Open): boolean {
  try {
    const { ino, dev } = fstatSync(fd, { bigint: true });
    const isSame = (stats?: BigIntStats): boolean => stats?.ino === ino && stats.dev === dev;
    return resolve(files, { user, path, follow: true }, ({ stats }) => isSame(stats));
  } catch {
    return false;
  }
}

function isAt(path: string, fd: number): boolean {
  const { ino, dev } = fstatSync(fd, { bigint: true });
  try {
    const found = lstatSync(path, { bigint: true });
    return found.ino === ino && found.dev === dev;
  } catch {
    return false;
  }
}
