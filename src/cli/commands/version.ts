import { readFileSync } from 'node:fs';
import { type Invocation, JSON_OPTION } from '../command.ts';

export const name = 'version';
export const summary = 'print the version';
export const options = [JSON_OPTION];

export function run({ options: { json }, stdout }: Invocation): number {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  stdout.write(json === true ? `${JSON.stringify({ version })}\n` : `orrery ${version}\n`);
  return 0;
}
