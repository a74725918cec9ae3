import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModuleConfig } from '../../src/functions/function-config.ts';
import { type DoubleCall, readCalls } from './task-doubles.ts';

const NAMES = ['echo', 'upper', 'square', 'inc', 'flaky', 'boom'];
const source = fileURLToPath(new URL('./task-doubles.ts', import.meta.url));

export interface Doubles {
  /** As in `functions:` of the configuration. */
  readonly functions: Readonly<Record<string, ModuleConfig>>;
  /** All calls so far, of any server. */
  readonly calls: () => DoubleCall[];
}

/** The doubles of the functions that test flows call, as a module in a folder. */
export function openDoubles(folder: string): Doubles {
  const module = join(folder, 'task-doubles.ts');
  const file = join(folder, 'calls');
  copyFileSync(source, module);
  writeFileSync(file, '');
  return {
    functions: Object.fromEntries(NAMES.map((name) => [name, { kind: 'module', module }])),
    calls: () => readCalls(file),
  };
}
