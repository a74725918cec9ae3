import type {
  DirectoryEntry,
  FileStat,
  FileTree,
  OpenFile,
  OpenMode,
  StatChanges,
} from '../../src/files/file-tree.ts';
import { FilesError } from '../../src/files/files-error.ts';

interface Node {
  kind: FileStat['kind'];
  /** The front of `room`. */
  bytes: Buffer;
  room: Buffer;
  target: string;
  children: Map<string, Node>;
  modifiedAt: number;
  accessedAt: number;
  permissions: number;
  uid: number;
  gid: number;
}

/** How files were ended, in order. */
export interface Ending {
  readonly path: string;
  readonly how: 'closed' | 'broken';
}

export interface MemoryTree extends FileTree {
  readonly endings: readonly Ending[];
  /** The content of a file; undefined when there is none. */
  content(path: string): Buffer | undefined;
  put(path: string, bytes: Uint8Array): void;
  /** Names in a directory. */
  names(path: string): readonly string[];
  /** Awaited before every call of that name takes effect; for tests that hold something up or make it fail. */
  before: (call: keyof OpenFile | keyof FileTree, path: string) => Promise<void> | undefined;
}

const PAGE = 100;
const MOST_LINKS = 16;
const EMPTY = Buffer.alloc(0);
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Files in memory; links are followed within the tree. */
export function createMemoryTree(): MemoryTree {
  const root = newNode('directory');
  const endings: Ending[] = [];
  const walk = (path: string, followLast: boolean, depth = 0): Node | undefined => {
    if (depth > MOST_LINKS) throw new FilesError('invalid', 'Too many levels of links');
    const names = namesOf(path);
    let node = root;
    for (const [at, name] of names.entries()) {
      if (node.kind !== 'directory') throw new FilesError('not-a-directory', 'Not a directory');
      const child = node.children.get(name);
      if (child === undefined) return undefined;
      node = child;
      if (node.kind === 'link' && (followLast || at < names.length - 1)) {
        const from = `/${names.slice(0, at).join('/')}`;
        const rest = names.slice(at + 1).join('/');
        const target = node.target.startsWith('/') ? node.target : `${from}/${node.target}`;
        return walk(normal(`${target}/${rest}`), followLast, depth + 1);
      }
    }
    return node;
  };
  const find = (path: string, followLast = true): Node => {
    const node = walk(path, followLast);
    if (node === undefined) throw new FilesError('not-found', 'No such file or directory');
    return node;
  };
  const parentOf = (path: string): { readonly parent: Node; readonly name: string } => {
    const names = namesOf(path);
    const name = names.pop();
    if (name === undefined) throw new FilesError('denied', 'Permission denied');
    const parent = find(`/${names.join('/')}`);
    if (parent.kind !== 'directory') throw new FilesError('not-a-directory', 'Not a directory');
    return { parent, name };
  };
  const add = (path: string, node: Node): void => {
    const { parent, name } = parentOf(path);
    if (parent.children.has(name)) throw new FilesError('exists', 'File exists');
    parent.children.set(name, node);
  };
  const tree: MemoryTree = {
    endings,
    before: () => undefined,
    content: (path) => {
      const node = walk(path, true);
      return node === undefined ? undefined : Buffer.from(node.bytes);
    },
    put: (path, bytes) => {
      const node = newNode('file');
      writeAt(node, 0, bytes);
      add(path, node);
    },
    names: (path) => [...find(path).children.keys()],
    open: async (path, mode) => {
      await tree.before('open', path);
      return openFile(path, mode);
    },
    stat: async (path) => {
      await tree.before('stat', path);
      return statOf(find(path));
    },
    lstat: async (path) => {
      await tree.before('lstat', path);
      return statOf(find(path, false));
    },
    setStat: async (path, changes) => {
      await tree.before('setStat', path);
      change(find(path), changes);
    },
    list: (path) => pages(path),
    makeDirectory: async (path, changes) => {
      await tree.before('makeDirectory', path);
      const node = newNode('directory');
      change(node, changes);
      add(path, node);
    },
    removeDirectory: async (path) => {
      const node = find(path, false);
      if (node.kind !== 'directory') throw new FilesError('not-a-directory', 'Not a directory');
      if (node.children.size > 0) throw new FilesError('not-empty', 'Directory not empty');
      const { parent, name } = parentOf(path);
      parent.children.delete(name);
    },
    remove: async (path) => {
      await tree.before('remove', path);
      if (find(path, false).kind === 'directory') throw new FilesError('is-a-directory', 'Is a directory');
      const { parent, name } = parentOf(path);
      parent.children.delete(name);
    },
    rename: async (from, to, { replace }) => {
      await tree.before('rename', from);
      const node = find(from, false);
      if (walk(to, false) !== undefined && !replace) throw new FilesError('exists', 'File exists');
      const source = parentOf(from);
      const target = parentOf(to);
      source.parent.children.delete(source.name);
      target.parent.children.set(target.name, node);
    },
    realPath: async (path) => path,
    readLink: async (path) => {
      const node = find(path, false);
      if (node.kind !== 'link') throw new FilesError('invalid', 'Not a link');
      return node.target;
    },
    symlink: async (target, path) => {
      const node = newNode('link');
      node.target = target;
      add(path, node);
    },
  };

  async function openFile(path: string, mode: OpenMode): Promise<OpenFile> {
    const there = walk(path, true);
    if (there === undefined && !mode.create) throw new FilesError('not-found', 'No such file or directory');
    if (there?.kind === 'directory') throw new FilesError('is-a-directory', 'Is a directory');
    if (there !== undefined && mode.exclusive) throw new FilesError('exists', 'File exists');
    const node = there ?? newNode('file');
    if (there === undefined) {
      change(node, mode.attributes);
      add(path, node);
    }
    if (mode.truncate) change(node, { size: 0 });
    return {
      read: async (position, length) => {
        await tree.before('read', path);
        return Buffer.from(node.bytes.subarray(position, position + length));
      },
      write: (position, bytes) => {
        const at = mode.append ? node.bytes.length : position;
        return after(tree.before('write', path), () => writeAt(node, at, bytes));
      },
      stat: async () => statOf(node),
      setStat: async (changes) => change(node, changes),
      sync: async () => tree.before('sync', path),
      close: async (how) => {
        await tree.before('close', path);
        endings.push({ path, how });
      },
    };
  }

  async function* pages(path: string): AsyncGenerator<readonly DirectoryEntry[]> {
    await tree.before('list', path);
    const directory = find(path);
    if (directory.kind !== 'directory') throw new FilesError('not-a-directory', 'Not a directory');
    const entries = [...directory.children].map(([name, node]) => ({ name, stat: statOf(node) }));
    for (let at = 0; at < entries.length; at += PAGE) yield entries.slice(at, at + PAGE);
  }

  return tree;
}

function after(gate: Promise<void> | undefined, work: () => void): Promise<void> | undefined {
  if (gate !== undefined) return gate.then(work);
  work();
  return undefined;
}

function newNode(kind: Node['kind']): Node {
  const permissions = kind === 'directory' ? 0o755 : 0o644;
  return {
    kind,
    bytes: EMPTY,
    room: EMPTY,
    target: '',
    children: new Map(),
    modifiedAt: START,
    accessedAt: START,
    permissions,
    uid: 1000,
    gid: 1000,
  };
}

function statOf({ kind, bytes, modifiedAt, accessedAt, permissions, uid, gid }: Node): FileStat {
  return { kind, size: bytes.length, modifiedAt, accessedAt, permissions, uid, gid };
}

function change(node: Node, { size, ...others }: StatChanges): void {
  Object.assign(node, others);
  if (size === undefined) return;
  const bytes = Buffer.alloc(size);
  node.bytes.copy(bytes);
  node.bytes = bytes;
  node.room = bytes;
}

/** Doubles the room when it is full, so that a file that comes in pieces is not copied for each of them. */
function writeAt(node: Node, position: number, bytes: Uint8Array): void {
  const end = position + bytes.length;
  if (end > node.room.length) {
    const larger = Buffer.alloc(end * 2);
    node.bytes.copy(larger);
    node.room = larger;
  }
  if (end > node.bytes.length) node.bytes = node.room.subarray(0, end);
  node.bytes.set(bytes, position);
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function normal(path: string): string {
  const names: string[] = [];
  for (const name of namesOf(path)) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}
