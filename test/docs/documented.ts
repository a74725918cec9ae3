import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export const readDocument = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Code blocks of one language in a document, below the heading (of any level) if one is given, up to the next of its level. */
export function blocks(path: string, language: string, heading?: string): string[] {
  const text = heading === undefined ? readDocument(path) : section(path, heading);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, content = '']) => content,
  );
}

function section(path: string, heading: string): string {
  const lines = readDocument(path).split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`${path} has no heading "${heading}"`);
  const level = lines[start]?.indexOf(' ') ?? 0;
  const length = lines.slice(start + 1).findIndex((line) => {
    const [hashes = ''] = /^#+(?= )/.exec(line) ?? [];
    return hashes.length > 0 && hashes.length <= level;
  });
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}
