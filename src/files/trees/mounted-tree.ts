import type { DirectoryEntry, FileStat, FileTree } from '../file-tree.ts';
import { FilesError, PublicError } from '../files-error.ts';
import { findMount, type Mount, MountPoint, type Place } from './mount-point.ts';
import { impliedDirectoryStat } from './stats.ts';
import { namesOf, normalize, pathOf } from './tree-path.ts';

export interface MountedTreeOptions {
  /** Whether links may be read, made and looked through. Their absolute targets are seen within their mount. */
  readonly links: boolean;
}

const PAGE = 500;
/** Mounts that are looked at side by side: at an endpoint each takes two requests. */
const AT_ONCE = 32;

/**
 * Trees at places of one tree, with directories above them that exist only to be listed. A path is resolved as text, so
 * that `..` reaches nothing that is not mounted.
 */
export function mountedTree(mounts: readonly Mount[], { links }: MountedTreeOptions): FileTree {
  const root = new MountPoint();
  for (const mount of mounts) root.add(namesOf(mount.path), mount);
  const at = (path: string): Place => findMount(root, namesOf(path));
  const inner = (path: string): Inner => innerOf(at(path), path);
  const lstat = (path: string): Promise<FileStat> => statOf(at(path), (tree, within) => tree.lstat(within));
  return {
    lstat,
    stat: async (path) => {
      if (links) return statOf(at(path), (tree, within) => tree.stat(within));
      const found = await lstat(path);
      if (found.kind === 'link') throw noLinks();
      return found;
    },
    open: async (path, mode) => {
      const { tree, within } = inner(path);
      return tree.open(within, mode);
    },
    setStat: async (path, changes) => {
      const { tree, within } = inner(path);
      return tree.setStat(within, changes);
    },
    list: (path) => list(() => at(path), path),
    makeDirectory: async (path, changes) => {
      if (at(path).point !== undefined) throw new FilesError('exists', `The name is taken: ${path}`);
      const { tree, within } = inner(path);
      return tree.makeDirectory(within, changes);
    },
    removeDirectory: async (path) => {
      const { tree, within } = changeable(at(path), path);
      return tree.removeDirectory(within);
    },
    remove: async (path) => {
      const { tree, within } = inner(path);
      return tree.remove(within);
    },
    rename: (from, to, options) => rename({ from, to, at }, options),
    realPath: async (path) => normalize(path),
    readLink: async (path) => {
      if (!links) throw noLinks();
      return readLink(at(path), path);
    },
    symlink: async (target, path) => {
      if (!links) throw noLinks();
      const { tree, within, mount } = inner(path);
      return tree.symlink(target.startsWith('/') ? inside(mount, target) : target, within);
    },
  };
}

interface Inner {
  readonly tree: FileTree;
  readonly within: string;
  readonly mount: Mount;
}

const noLinks = (): PublicError => new PublicError('unsupported', 'Symbolic links are not supported here');

/** Where the path leads to in a mounted tree. */
function innerOf({ mount, rest, point }: Place, path: string): Inner {
  if (mount === undefined) {
    if (point !== undefined) throw new FilesError('is-a-directory', `It is a directory: ${path}`);
    throw new FilesError('not-found', `There is no such file or directory: ${path}`);
  }
  if (mount.kind === 'FILE' && rest.length > 0) {
    throw new FilesError('not-a-directory', `Something on the path is not a directory: ${path}`);
  }
  return { mount, tree: mount.tree, within: pathOf([...namesOf(mount.root), ...rest]) };
}

/** The same for what shall be moved or go: a mounted directory stays where it is, and so does what holds mounts. */
function changeable(place: Place, path: string): Inner {
  if (place.point !== undefined && place.mount?.kind !== 'FILE') {
    throw new FilesError('denied', `It belongs to the layout of the home directory: ${path}`);
  }
  return innerOf(place, path);
}

async function statOf(
  place: Place,
  ask: (tree: FileTree, within: string) => Promise<FileStat>,
): Promise<FileStat> {
  const { point, mount } = place;
  if (mount === undefined && point !== undefined) return impliedDirectoryStat();
  const { tree, within } = innerOf(place, pathOf(place.rest));
  try {
    return await ask(tree, within);
  } catch (error) {
    // What is mounted need not have anything in it yet.
    const isEmpty = point !== undefined && mount?.kind === 'DIRECTORY' && isNotFound(error);
    if (isEmpty) return impliedDirectoryStat();
    throw error;
  }
}

const isNotFound = (error: unknown): boolean => error instanceof FilesError && error.reason === 'not-found';

async function* list(find: () => Place, path: string): AsyncGenerator<readonly DirectoryEntry[]> {
  const place = find();
  const { point, mount } = place;
  if (mount !== undefined || point === undefined) yield* listMounted(place, path);
  if (point === undefined) return;
  let page: DirectoryEntry[] = [];
  const points = [...point.points];
  for (let at = 0; at < points.length; at += AT_ONCE) {
    page.push(...(await entriesOf(points.slice(at, at + AT_ONCE))));
    if (page.length >= PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

async function entriesOf(points: readonly (readonly [string, MountPoint])[]): Promise<DirectoryEntry[]> {
  const looked = points.map(async ([name, next]) => ({ name, stat: await statOfEntry(next) }));
  return (await Promise.all(looked)).flatMap(({ name, stat }) =>
    stat === undefined ? [] : [{ name, stat }],
  );
}

/** A file that has not been written yet does not show. What cannot be looked at keeps nobody from seeing the others. */
async function statOfEntry(point: MountPoint): Promise<FileStat | undefined> {
  const { mount } = point;
  try {
    return await statOf({ point, mount, rest: [] }, (tree, within) => tree.lstat(within));
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    return mount?.kind === 'FILE' ? undefined : impliedDirectoryStat();
  }
}

/** Without names that something else is mounted at. */
async function* listMounted(place: Place, path: string): AsyncGenerator<readonly DirectoryEntry[]> {
  const { tree, within, mount } = innerOf(place, path);
  if (mount.kind === 'FILE') throw new FilesError('not-a-directory', `It is no directory: ${path}`);
  try {
    for await (const page of tree.list(within))
      yield page.filter(({ name }) => !place.point?.points.has(name));
  } catch (error) {
    if (place.point === undefined || !isNotFound(error)) throw error;
  }
}

async function rename(
  { from, to, at }: { from: string; to: string; at: (path: string) => Place },
  options: { readonly replace: boolean },
): Promise<void> {
  const source = changeable(at(from), from);
  const target = changeable(at(to), to);
  if (source.tree !== target.tree) {
    throw new PublicError('unsupported', 'A file cannot be renamed from one storage to another');
  }
  return source.tree.rename(source.within, target.within, options);
}

/** A target that is absolute is shown where it is seen from here. */
async function readLink(place: Place, path: string): Promise<string> {
  const { tree, within, mount } = innerOf(place, path);
  const target = await tree.readLink(within);
  if (!target.startsWith('/')) return target;
  const root = normalize(mount.root);
  const isInside = root === '/' || target === root || target.startsWith(`${root}/`);
  if (!isInside) throw new FilesError('denied', `The link leads elsewhere: ${path}`);
  return normalize(`${mount.path}/${target.slice(root === '/' ? 0 : root.length)}`);
}

/** Only what lies in the same mount can be the target of a link. */
function inside(mount: Mount, target: string): string {
  const place = normalize(mount.path);
  const wanted = normalize(target);
  if (place !== '/' && wanted !== place && !wanted.startsWith(`${place}/`)) {
    throw new PublicError('unsupported', 'A link cannot lead from one storage to another');
  }
  return normalize(`${mount.root}/${wanted.slice(place === '/' ? 0 : place.length)}`);
}
