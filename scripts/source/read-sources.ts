import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource, type SourceFile } from './syntax.ts';

export const SOURCE_FOLDERS = ['src', 'test', 'scripts', 'bench', 'examples'];

/** Every TypeScript file of the repository at `root`, in the order of their paths. */
export function readSources(root: string): SourceFile[] {
  const paths = SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !path.includes('/node_modules/')),
  );
  return paths.sort().map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}
