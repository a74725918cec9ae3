import assert from 'node:assert/strict';
import { SWF } from '@aws-sdk/client-swf';
import { followClock } from '../../support/follow-clock.ts';
import { credentials, region, type TestServer } from '../../support/start-server.ts';

export interface ClientOptions {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region?: string;
}

/** The vendor's own client, unmodified; it signs with the time of the server's clock. */
export function createClient(server: TestServer, options: ClientOptions = {}): SWF {
  const { endpoint, clock } = server;
  return followClock(new SWF({ endpoint, credentials, region, maxAttempts: 1, ...options }), clock);
}

/** The call fails with the vendor's fault of that name; `message` is the whole message or a pattern of it. */
export async function refuses(call: Promise<unknown>, name: string, message: string | RegExp): Promise<void> {
  await assert.rejects(call, (error: Error) => {
    assert.equal(error.name, name, error.message);
    if (typeof message === 'string') assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  });
}
