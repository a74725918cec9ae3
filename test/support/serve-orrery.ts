import type { TestContext } from 'node:test';
import { SWFClient } from '@aws-sdk/client-swf';
import { loadConfig } from '../../src/config.ts';
import type { FunctionConfig } from '../../src/functions/function-config.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { LIMITS } from '../../src/limits.ts';
import { serve } from '../../src/main.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';

/** What the server calls an error fails the test that it happens in. */
function fail(details: object, message: string): never {
  throw new Error(message, { cause: details });
}

export const KEYS = { accessKeyId: 'AKIDTEST', secretAccessKey: 'a secret of tests' };

/** Serves from memory on a free port until the test ends; gives the endpoint. */
export async function serveOrrery(
  test: TestContext,
  functions: Readonly<Record<string, FunctionConfig>> = {},
): Promise<string> {
  const environment = {
    ORRERY_ACCESS_KEY_ID: KEYS.accessKeyId,
    ORRERY_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const flags = { listen: '127.0.0.1:0' };
  const config = loadConfig({ flags, environment, folder: import.meta.dirname, limits: LIMITS });
  const serving = await serve({
    config: { ...config, functions },
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined, error: fail },
    store: openMemoryStore(),
  });
  test.after(() => serving.stop());
  return `http://${serving.host}:${serving.port}`;
}

/** The vendor's client for this endpoint, closed when the test ends. */
export function swfClient(test: TestContext, endpoint: string): SWFClient {
  const client = new SWFClient({ endpoint, region: 'us-east-1', credentials: KEYS });
  test.after(() => client.destroy());
  return client;
}
