import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCalls } from './check-calls.ts';
import { checkDeadCode, type Manifest } from './check-dead-code.ts';
import { checkImports } from './check-imports.ts';
import { checkSizes } from './check-sizes.ts';
import { outdatedFiles } from './generate.ts';
import { readSources, SOURCE_FOLDERS } from './source/read-sources.ts';
import type { Problem } from './source/syntax.ts';

const root = join(import.meta.dirname, '..');
const files = readSources(root);
const manifest = { ...readManifest('package.json'), folders: foldersWithManifest() };

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
}

function foldersWithManifest(): NonNullable<Manifest['folders']> {
  const folders = SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder, 'package.json')));
  return Object.fromEntries(
    folders.map((folder) => {
      const { dependencies, devDependencies, optionalDependencies } = readManifest(`${folder}/package.json`);
      return [folder, { ...dependencies, ...devDependencies, ...optionalDependencies }];
    }),
  );
}

const results: Readonly<Record<string, readonly Problem[]>> = {
  imports: checkImports(files),
  'time, randomness and timers': checkCalls(files),
  sizes: checkSizes(files),
  'dead code': checkDeadCode(files, manifest),
  'generated files': outdatedFiles(root).map((path) => ({
    path,
    line: 1,
    message: 'not what its source says: run `npm run generate`',
  })),
};

for (const [name, problems] of Object.entries(results)) {
  process.stdout.write(`${name}: ${problems.length === 0 ? 'ok' : `${problems.length} to mend`}\n`);
  for (const { path, line, message } of problems) process.stdout.write(`  ${path}:${line} ${message}\n`);
}
process.exitCode = Object.values(results).every((problems) => problems.length === 0) ? 0 : 1;
