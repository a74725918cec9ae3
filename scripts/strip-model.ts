import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Takes the documentation text out of a vendor's API model and leaves the rest as it is:
 * `node scripts/strip-model.ts <vendor's model> models/<api>.json`.
 */
export function stripModel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripModel);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, part]) => !isDocumentation(key, part));
  return Object.fromEntries(kept.map(([key, part]) => [key, stripModel(part)]));
}

/** A member that happens to be called documentation has an object for its value. */
function isDocumentation(key: string, part: unknown): boolean {
  return key === 'documentation' && typeof part === 'string';
}

if (import.meta.main) {
  const [source, target] = process.argv.slice(2);
  if (source === undefined || target === undefined) {
    process.stderr.write('usage: node scripts/strip-model.ts <model with documentation> models/<api>.json\n');
    process.exit(2);
  }
  const model: unknown = JSON.parse(readFileSync(source, 'utf8'));
  writeFileSync(target, `${JSON.stringify(stripModel(model), null, 2)}\n`);
}
