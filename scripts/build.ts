import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes `dist/` from `src/`: JavaScript, and the files that the program reads, at the same places. */
const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
const target = join(root, 'dist');

function compile(): number {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

function copyAssets(): void {
  for (const name of filesIn(source)) {
    if (name.endsWith('.ts') || name.endsWith('.md')) continue;
    mkdirSync(dirname(join(target, name)), { recursive: true });
    cpSync(join(source, name), join(target, name));
  }
}

/** The compiler renames what is imported, but not the files of workers: `new URL('./worker.ts', import.meta.url)`. */
function renameWorkers(): void {
  for (const name of filesIn(target).filter((path) => path.endsWith('.js'))) {
    const file = join(target, name);
    const text = readFileSync(file, 'utf8');
    const renamed = text.replaceAll(
      /(new URL\(\s*['"`]\.[^'"`]*)\.ts(['"`],\s*import\.meta\.url\s*\))/g,
      '$1.js$2',
    );
    if (renamed !== text) writeFileSync(file, renamed);
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

rmSync(target, { recursive: true, force: true });
process.exitCode = compile();
if (process.exitCode === 0) {
  copyAssets();
  renameWorkers();
}
