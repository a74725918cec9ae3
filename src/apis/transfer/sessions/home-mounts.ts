import type { FileTree } from '../../../files/file-tree.ts';
import { FilesError, type FilesReason } from '../../../files/files-error.ts';
import type { HomeDirectoryMapEntry } from '../model/types.gen.ts';
import type { Transfer } from '../transfer.ts';
import type { SessionUser } from './session-user.ts';
import { readStoragePath, type StoragePlace } from './storage-path.ts';

// The documentation writes it in both ways.
const USER_NAME = /\$\{transfer:username\}/gi;

/** Where a part of storage stands in what a user sees. */
export interface HomeMount {
  /** Absolute, as the client writes it. */
  readonly path: string;
  readonly place: StoragePlace;
  readonly kind: 'FILE' | 'DIRECTORY';
}

/**
 * What a user sees: with PATH all of storage by its names, with LOGICAL what the mappings name.
 * https://docs.aws.amazon.com/transfer/latest/userguide/logical-dir-mappings.html
 */
export function homeMounts(
  transfer: Transfer,
  domain: 'S3' | 'EFS',
  user: SessionUser,
): readonly HomeMount[] {
  if (user.homeDirectoryType === 'LOGICAL')
    return (user.homeDirectoryMappings ?? []).map((mapping) => logicalMount(mapping, user));
  const { storage } = transfer;
  const roots = domain === 'S3' ? storage.buckets() : storage.fileSystems();
  return roots.map((root) => ({ path: `/${root}`, place: { root, path: '' }, kind: 'DIRECTORY' }));
}

/**
 * Where relative paths start. With mappings a home directory is one of the user's own paths; one that is none, as it is left
 * from before there were mappings, is passed over. A storage that does not answer moves nobody elsewhere.
 */
export async function homePath(user: SessionUser, openTree: () => Promise<FileTree>): Promise<string> {
  const { root, path } = readStoragePath(user.homeDirectory ?? '');
  const home = [root, path].reduce((whole, part) => (part === '' ? whole : `${whole}/${part}`), '') || '/';
  if (user.homeDirectoryType === 'PATH' || home === '/') return home;
  return (await isNoDirectory(home, openTree)) ? '/' : home;
}

const NOT_THERE: readonly FilesReason[] = [
  'not-found',
  'not-a-directory',
  'denied',
  'unsupported',
  'invalid',
];

async function isNoDirectory(path: string, openTree: () => Promise<FileTree>): Promise<boolean> {
  try {
    const tree = await openTree();
    return (await tree.stat(path)).kind !== 'directory';
  } catch (error) {
    // What else is wrong is told to whoever asks for a file there.
    return error instanceof FilesError && NOT_THERE.includes(error.reason);
  }
}

function logicalMount({ Entry, Target, Type }: HomeDirectoryMapEntry, { userName }: SessionUser): HomeMount {
  const fill = (text: string): string => text.replaceAll(USER_NAME, () => userName);
  return { path: fill(Entry), place: readStoragePath(fill(Target)), kind: Type ?? 'DIRECTORY' };
}

/** The client's path as a path of storage; a virtual directory above the mounts stays as it is. */
export function storagePathOf(mounts: readonly HomeMount[], path: string): string {
  const around = mounts.filter((mount) => isWithin(path, mount.path));
  const nearest = around.sort((one, other) => other.path.length - one.path.length)[0];
  if (nearest === undefined) return path;
  const rest = nearest.path === '/' ? path : path.slice(nearest.path.length);
  const target = `/${nearest.place.root}${nearest.place.path === '' ? '' : `/${nearest.place.path}`}`;
  return rest === '/' ? target : target + rest;
}

function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
