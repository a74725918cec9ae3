import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { transferParts } from '../../support/transfer-parts.ts';
import { createClient, HOST_KEYS, ROLE, refuses, USER_KEYS } from './transfer-client.ts';

test('what is registered, and where a list was left, is there after a restart', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const open = async () => {
    const server = await startServer({ dataDirectory: directory.path, transfer: transferParts() });
    const client = createClient(server);
    const close = async () => {
      client.destroy();
      await server.stop();
    };
    return { client, close };
  };
  const first = await open();
  const { client } = first;
  const { ServerId: id } = await client.createServer({
    HostKey: HOST_KEYS.ed25519,
    PreAuthenticationLoginBanner: 'hello',
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  await client.createServer({ HostKey: HOST_KEYS.ecdsa });
  const user = { ServerId: id, UserName: 'alice' };
  await client.createUser({ ...user, Role: ROLE, SshPublicKeyBody: USER_KEYS.ecdsa });
  await client.importHostKey({ ServerId: id, HostKeyBody: HOST_KEYS.ecdsa });
  await client.createUser({ ServerId: id, UserName: 'gone', Role: ROLE });
  await client.deleteUser({ ServerId: id, UserName: 'gone' });
  const look = async (from: typeof client) => {
    const { Server: server } = await from.describeServer({ ServerId: id });
    const { User: alice } = await from.describeUser(user);
    const { HostKeys: keys } = await from.listHostKeys({ ServerId: id });
    const { Servers: servers } = await from.listServers({});
    return { server, alice, keys, servers };
  };
  const before = await look(client);
  const { NextToken } = await client.listServers({ MaxResults: 1 });
  await first.close();
  const second = await open();
  assert.deepEqual(await look(second.client), before);
  assert.equal((await second.client.listServers({ NextToken })).Servers?.length, 1);
  await refuses(second.client.describeUser({ ServerId: id, UserName: 'gone' }), 'ResourceNotFoundException');
  await second.close();
});
