import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { limitsFile } from './generate-limits.ts';
import { type GeneratedFile, generatedFiles } from './generate-model.ts';

const allFiles = (root: string): GeneratedFile[] => [...generatedFiles(root), limitsFile()];

/** Paths of files that are not what `npm run generate` would write. */
export function outdatedFiles(root: string, files = allFiles(root)): string[] {
  const differs = ({ path, text }: GeneratedFile): boolean => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  };
  return files.filter(differs).map(({ path }) => path);
}

function write(root: string): void {
  for (const { path, text } of allFiles(root)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  if (process.argv.includes('--check')) {
    const outdated = outdatedFiles(root);
    for (const path of outdated) process.stderr.write(`${path}: out of date, run \`npm run generate\`\n`);
    process.exitCode = outdated.length === 0 ? 0 : 1;
  } else {
    write(root);
  }
}
