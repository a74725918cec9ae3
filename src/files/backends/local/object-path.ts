import { OWN_FOLDER } from '../own-folder.ts';

/** Where an object lies beneath its bucket's directory. */
export interface ObjectPath {
  readonly directories: readonly string[];
  readonly name: string;
  /** The key ends with `/`: the object is the directory itself, which holds no bytes. */
  readonly isMarker: boolean;
}

const KEY_BYTES = 1024;
const NAME_BYTES = 255;

/**
 * A key is the path of its file, letter for letter, and so each file has one key. Undefined for keys that no path can
 * stand for: with empty parts, `.`, `..`, NUL, parts over 255 bytes, or in our own folder.
 */
export function objectPath(key: string): ObjectPath | undefined {
  if (key === '' || !key.isWellFormed() || key.includes('\0') || Buffer.byteLength(key) > KEY_BYTES) {
    return undefined;
  }
  const isMarker = key.endsWith('/');
  const directories = (isMarker ? key.slice(0, -1) : key).split('/');
  if (!directories.every(isName) || isOwn(directories[0] as string)) return undefined;
  const name = directories.pop() as string;
  return { directories, name, isMarker };
}

/** Names of the directories of a prefix that is empty or ends with `/`; undefined as above. */
export function directoryPath(prefix: string): readonly string[] | undefined {
  if (prefix === '') return [];
  const path = objectPath(prefix);
  return path === undefined ? undefined : [...path.directories, path.name];
}

const isName = (name: string): boolean =>
  name !== '' &&
  name !== '.' &&
  name !== '..' &&
  (name.length * 3 <= NAME_BYTES || Buffer.byteLength(name) <= NAME_BYTES);

/** Some file systems take upper and lower case for the same. */
export const isOwn = (name: string): boolean => name.toLowerCase() === OWN_FOLDER;
