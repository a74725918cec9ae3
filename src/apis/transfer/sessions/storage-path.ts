/** A place in storage as Transfer Family writes it: `/bucket/key` or `/fs-…/path`. */
export interface StoragePlace {
  /** Bucket or file system. */
  readonly root: string;
  /** Without a slash at either end; empty for all of it. */
  readonly path: string;
}

export function readStoragePath(text: string): StoragePlace {
  const [root = '', ...path] = text.split('/').filter((part) => part !== '');
  return { root, path: path.join('/') };
}
