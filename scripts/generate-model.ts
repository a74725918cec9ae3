import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printShapes } from './model/print-shapes.ts';
import { printTypes } from './model/print-types.ts';
import { readModel } from './model/vendor-model.ts';

const OVERRIDES = '.overrides.json';

interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What `models/` says should be in `src/apis/<api>/model/`; paths are relative to `root`. */
export function generatedFiles(root: string): GeneratedFile[] {
  const models = readdirSync(join(root, 'models')).filter(
    (name) => name.endsWith('.json') && !name.endsWith(OVERRIDES),
  );
  return models.sort().flatMap((name) => filesOfApi(root, name.slice(0, -'.json'.length)));
}

function filesOfApi(root: string, api: string): GeneratedFile[] {
  const sources = [`models/${api}.json`];
  const overrides = `models/${api}${OVERRIDES}`;
  if (existsSync(join(root, overrides))) sources.push(overrides);
  const [modelFile, overridesFile] = sources.map((source) => join(root, source));
  if (modelFile === undefined) return [];
  const model = readModel(modelFile, overridesFile);
  const header = `// Generated from ${sources.join(' and ')} by \`npm run generate\`; do not edit.\n`;
  const folder = join('src', 'apis', api, 'model');
  return [
    { path: join(folder, 'shapes.gen.ts'), text: header + printShapes(model, `${camelCase(api)}Model`) },
    { path: join(folder, 'types.gen.ts'), text: `${header}\n${printTypes(model)}` },
  ];
}

/** Paths of files that are not what the models say. */
export function outdatedFiles(root: string): string[] {
  const differs = ({ path, text }: GeneratedFile): boolean => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  };
  return generatedFiles(root)
    .filter(differs)
    .map(({ path }) => path);
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function write(root: string): void {
  for (const { path, text } of generatedFiles(root)) {
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
