import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { printShapes } from './model/print-shapes.ts';
import { printTypes } from './model/print-types.ts';
import { readModel } from './model/vendor-model.ts';

const OVERRIDES = '.overrides.json';

export interface GeneratedFile {
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

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
