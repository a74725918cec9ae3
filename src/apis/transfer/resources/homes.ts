import type { HomeDirectoryMapEntry } from '../model/types.gen.ts';

const VARIABLE = /\$\{([^}]*)\}/g;
const USER_NAME = 'transfer:username';

/** Why mappings cannot be a user's home; undefined when they can. */
export function mappingsProblem(mappings: readonly HomeDirectoryMapEntry[]): string | undefined {
  if (mappings.length === 0) return 'There must be at least one mapping';
  for (const mapping of mappings) {
    const problem = mappingProblem(mapping);
    if (problem !== undefined) return problem;
  }
  return overlap(mappings);
}

function mappingProblem({ Entry: entry, Target: target }: HomeDirectoryMapEntry): string | undefined {
  if (!canBePath(entry)) return 'An Entry holds NUL or half a character';
  if (!canBePath(target)) return 'A Target holds NUL or half a character';
  if (!isPath(entry) && entry !== '/')
    return `The Entry ${entry} is not an absolute path in its shortest form`;
  if (!isPath(target))
    return `The Target ${target} is not an absolute path in its shortest form, without a slash at its end`;
  const strange = [...target.matchAll(VARIABLE)].find(([, name]) => name?.toLowerCase() !== USER_NAME);
  return strange === undefined ? undefined : `The variable ${strange[0]} is not known`;
}

/** Whether there can be a file or directory of that path at all. */
export const canBePath = (path: string): boolean => !path.includes('\0') && path.isWellFormed();

function isPath(path: string): boolean {
  const [root, ...names] = path.split('/');
  return root === '' && names.length > 0 && names.every((name) => !['', '.', '..'].includes(name));
}

/** No entry is, or lies within, another. */
function overlap(mappings: readonly HomeDirectoryMapEntry[]): string | undefined {
  const entries = new Set(mappings.map(({ Entry: entry }) => entry));
  if (entries.size < mappings.length) return 'Entries must be different from each other';
  if (entries.has('/')) return entries.size === 1 ? undefined : 'The Entry / must be alone';
  for (const entry of entries) {
    for (let end = entry.lastIndexOf('/'); end > 0; end = entry.lastIndexOf('/', end - 1)) {
      const parent = entry.slice(0, end);
      if (entries.has(parent)) return `The Entry ${entry} lies within the Entry ${parent}`;
    }
  }
  return undefined;
}
