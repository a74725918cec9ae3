import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Config, loadConfig } from '../../src/config.ts';
import { LIMITS } from '../../src/limits.ts';

/** A new one, which goes with the test. */
export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'orrery-config-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

interface Given {
  readonly yaml?: string;
  readonly flags?: Record<string, string>;
  readonly environment?: Record<string, string>;
}

/** Loads from a folder that has `there/`, `file.ts` and, with `yaml`, `etc/orrery.yaml`. */
export function load(
  t: TestContext,
  { yaml, flags = {}, environment = {} }: Given,
): { config: Config; root: string } {
  const root = folder(t);
  mkdirSync(join(root, 'etc/there'), { recursive: true });
  writeFileSync(join(root, 'etc/file.ts'), '');
  if (yaml !== undefined) writeFileSync(join(root, 'etc/orrery.yaml'), yaml);
  const file = yaml === undefined ? undefined : 'etc/orrery.yaml';
  return { config: loadConfig({ file, flags, environment, folder: root, limits: LIMITS }), root };
}
