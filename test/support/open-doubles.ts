import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ModuleConfig } from '../../src/functions/function-config.ts';
import { serveHttp } from './http-server.ts';
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

/** The same functions behind URLs, called in this process; gives them as in `functions:` of the configuration. */
export async function serveDoubles(
  test: TestContext,
  doubles: Doubles,
): Promise<Readonly<Record<string, { readonly url: string }>>> {
  const module = Object.values(doubles.functions)[0]?.module ?? '';
  const { handler } = (await import(pathToFileURL(module).href)) as typeof import('./task-doubles.ts');
  const url = await serveHttp(test, async ({ request, body }, response) => {
    const idempotencyKey = decodeURI(String(request.headers['idempotency-key']));
    const functionName = String(request.url).slice(1);
    try {
      response.end(JSON.stringify(await handler(JSON.parse(body), { functionName, idempotencyKey })));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('X-Fc-Error-Type', 'HandledInvocationError');
      response.end(JSON.stringify({ errorType, errorMessage }));
    }
  });
  return Object.fromEntries(NAMES.map((name) => [name, { url: `${url}/${name}` }]));
}
