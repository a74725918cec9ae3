import type { FileTree } from '../file-tree.ts';

export interface Mount {
  /** Absolute; where it is seen. */
  readonly path: string;
  readonly tree: FileTree;
  /** Absolute path in the tree of what is seen there. */
  readonly root: string;
  readonly kind: 'FILE' | 'DIRECTORY';
}

/** A directory of the layout: what is mounted there, if anything, and what lies beneath. */
export class MountPoint {
  mount: Mount | undefined;
  readonly points = new Map<string, MountPoint>();

  add(names: readonly string[], mount: Mount): void {
    const [name, ...rest] = names;
    if (name === undefined) {
      this.mount = mount;
      return;
    }
    const next = this.points.get(name) ?? new MountPoint();
    this.points.set(name, next);
    next.add(rest, mount);
  }
}

export interface Place {
  /** The mount nearest above, or at, the place. */
  readonly mount: Mount | undefined;
  /** Names from there on. */
  readonly rest: readonly string[];
  /** Of the layout, when the place is a part of it. */
  readonly point: MountPoint | undefined;
}

export function findMount(root: MountPoint, names: readonly string[]): Place {
  let point: MountPoint | undefined = root;
  let { mount } = root;
  let depth = 0;
  for (const [at, name] of names.entries()) {
    point = point.points.get(name);
    if (point === undefined) break;
    if (point.mount === undefined) continue;
    mount = point.mount;
    depth = at + 1;
  }
  return { mount, rest: names.slice(depth), point };
}
