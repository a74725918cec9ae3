import assert from 'node:assert/strict';
import type { TransferParts } from '../../src/composition/serve-options.ts';
import { type Config, type KeyConfig, loadConfig } from '../../src/config.ts';
import type { CallFunction } from '../../src/functions/call-function.ts';
import type { FunctionConfig } from '../../src/functions/function-config.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import type { Store } from '../../src/kernel/store.ts';
import { LIMITS } from '../../src/limits.ts';
import { serve } from '../../src/main.ts';
import type { Role } from '../../src/policy/roles.ts';
import { openStore } from '../../src/stores/open-store.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

export interface ServerOptions {
  readonly clock?: Clock;
  /** In place of one in memory. */
  readonly store?: Store;
  /** SQLite in this directory, in place of the memory store. */
  readonly dataDirectory?: string;
  readonly functions?: Readonly<Record<string, FunctionConfig>>;
  readonly buckets?: Config['buckets'];
  /** In place of the configured functions. */
  readonly callFunction?: CallFunction;
  /** In place of what AWS Transfer Family works with otherwise. */
  readonly transfer?: Partial<TransferParts>;
  /** Beside the usual key, which may do everything. */
  readonly keys?: readonly (Partial<KeyConfig> & Pick<KeyConfig, 'id' | 'secret'>)[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly roles?: readonly Role[];
  readonly strictRoles?: boolean;
  readonly swf?: Config['swf'];
  /** Where identity providers may be. */
  readonly providers?: Config['transfer']['http'];
}

export interface TestServer {
  readonly endpoint: string;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  /** What the server has logged as errors and not been asked for by `takeErrors`. */
  takeErrors(): readonly unknown[];
  readonly warnings: readonly string[];
  /** Fails when errors were logged that nobody took. */
  stop(): Promise<void>;
}

export const account = '123456789012';
export const region = 'us-east-1';
export const credentials = { accessKeyId: 'ORRERYTEST', secretAccessKey: 'a-secret-for-tests' } as const;

/** The whole product in this process, on a free port; in memory unless told otherwise. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { clock = systemClock, store, callFunction, transfer } = options;
  const url = options.dataDirectory === undefined ? 'memory' : 'sqlite';
  const kept = options.dataDirectory === undefined ? await makeTemporaryDirectory() : undefined;
  const dataDirectory = options.dataDirectory ?? kept?.path ?? '';
  const errors: unknown[] = [];
  const warnings: string[] = [];
  const log = {
    info: () => {},
    warn: (_: object, message: string) => warnings.push(message),
    error: (details: object, message: string) => errors.push({ message, ...details }),
  };
  const serving = await serve({
    config: configOf({ ...options, dataDirectory }),
    clock,
    log,
    store: store ?? (await openStore({ url, dataDirectory })),
    ...(callFunction !== undefined && { callFunction }),
    ...(transfer !== undefined && { transfer }),
  });
  const { host, port } = serving;
  return {
    endpoint: `http://${host}:${port}`,
    host,
    port,
    region,
    account,
    credentials,
    clock,
    takeErrors: () => errors.splice(0),
    warnings,
    stop: async () => {
      await serving.stop();
      await kept?.remove();
      assert.deepEqual(errors, [], 'errors in the log of the server');
    },
  };
}

function configOf(options: ServerOptions): Config {
  const { dataDirectory, keys = [], limits = {}, functions = {}, roles = [], strictRoles = false } = options;
  const { buckets = {} } = options;
  const { accessKeyId, secretAccessKey } = credentials;
  const usual = { id: accessKeyId, secret: secretAccessKey };
  const environment = {
    ORRERY_ACCOUNT: account,
    ORRERY_REGION: region,
    ORRERY_LISTEN: '127.0.0.1:0',
    ...(dataDirectory !== undefined && { ORRERY_DATA: dataDirectory }),
  };
  const config = loadConfig({ environment, flags: {}, folder: '/', limits: LIMITS });
  const noExtras = { account: undefined, sessionToken: undefined, policies: [] };
  const withExtras = [usual, ...keys].map((key) => ({ ...noExtras, ...key }));
  const transfer = { ...config.transfer, http: options.providers ?? config.transfer.http };
  const swf = options.swf ?? config.swf;
  return { ...config, swf, limits, functions, buckets, roles, strictRoles, transfer, keys: withExtras };
}
