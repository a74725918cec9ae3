import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { followClock } from '../../support/follow-clock.ts';
import {
  credentials,
  region,
  type ServerOptions,
  startServer,
  type TestServer,
} from '../../support/start-server.ts';

export interface ClientOptions {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region?: string;
}

/** The vendor's own client, unmodified; it signs with the time of the server's clock. */
export function createClient(
  server: Pick<TestServer, 'endpoint' | 'clock'>,
  options: ClientOptions = {},
): SecretsManager {
  const { endpoint, clock } = server;
  return followClock(
    new SecretsManager({ endpoint, credentials, region, maxAttempts: 1, ...options }),
    clock,
  );
}

export interface SecretsWorld {
  readonly server: TestServer;
  readonly clock: FixedClock;
  readonly client: SecretsManager;
}

export async function openSecrets(
  t: TestContext,
  options: Omit<ServerOptions, 'clock'> = {},
): Promise<SecretsWorld> {
  const clock = createFixedClock();
  const server = await startServer({ ...options, clock });
  const client = createClient(server);
  t.after(async () => {
    client.destroy();
    await server.stop();
  });
  return { server, clock, client };
}

/** The call fails with the vendor's fault of that name; `message` is the whole message or a pattern of it. */
export async function refuses(
  call: Promise<unknown>,
  name: string,
  message: string | RegExp = /./,
): Promise<void> {
  await assert.rejects(call, (error: Error) => {
    assert.equal(error.name, name, error.message);
    if (typeof message === 'string') assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  });
}

/** A token of a request, long enough to be one. */
export const token = (name: string): string => name.padEnd(32, '-');

export const MARKED = "You can't perform this operation on the secret because it was marked for deletion.";
