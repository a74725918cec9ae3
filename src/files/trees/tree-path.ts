import { FilesError } from '../files-error.ts';

/** Names of a path from the root, `.`, `..` and doubled slashes resolved as text; `..` at the root stays there. */
export function namesOf(path: string): string[] {
  if (path.includes('\0') || !path.isWellFormed()) throw new FilesError('invalid', 'Not the path of a file');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

export const pathOf = (names: readonly string[]): string => `/${names.join('/')}`;

export const normalize = (path: string): string => pathOf(namesOf(path));
