import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Transfer } from '@aws-sdk/client-transfer';
import type { Client } from 'ssh2';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import { HOST_KEYS } from '../sdk/transfer/transfer-client.ts';
import { serveHttp } from '../support/http-server.ts';
import { startOrrery } from '../support/orrery-process.ts';
import { eventually } from '../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const KEY = { id: 'OPERATOR', secret: 'known-to-this-test' };
const DAY_MS = 86_400_000;

test('an identity provider that never answers does not keep the process', { timeout: 60_000 }, async (t) => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const url = await serveHttp(t, () => resolve());
  const { path } = await makeTemporaryDirectory(t);
  const settings = {
    keys: [KEY],
    functions: { users: { url } },
    limits: { 'transfer.identityProviderMilliseconds': DAY_MS },
  };
  // JSON is YAML.
  await writeFile(join(path, 'orrery.yaml'), JSON.stringify(settings));
  const orrery = await startOrrery(t, { folder: path, flags: ['--config', 'orrery.yaml'] });
  const client = logIn(await portOf(orrery.endpoint));
  t.after(() => client.destroy());
  await asked;
  assert.equal(await orrery.stop(), 0);
});

/** Of a new server whose users the function knows. */
async function portOf(endpoint: string): Promise<number> {
  const credentials = { accessKeyId: KEY.id, secretAccessKey: KEY.secret };
  const transfer = new Transfer({ endpoint, region: 'us-east-1', credentials });
  const { ServerId } = await transfer.createServer({
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: 'arn:aws:lambda:us-east-1:000000000000:function:users' },
    HostKey: HOST_KEYS.ed25519,
    Tags: [{ Key: 'orrery:listen', Value: '0' }],
  });
  const address = await eventually('the server is online', async () => {
    const { Server } = await transfer.describeServer({ ServerId });
    return Server?.State === 'ONLINE' ? Server.Tags?.[0]?.Value : undefined;
  });
  transfer.destroy();
  return Number(address.split(':')[1]);
}

function logIn(port: number): Client {
  const client = new ssh2.Client();
  client.on('error', () => {});
  return client.connect({ host: '127.0.0.1', port, username: 'alice', password: 'any' });
}
