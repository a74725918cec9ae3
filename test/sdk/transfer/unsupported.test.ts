import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, ROLE, refuses } from './transfer-client.ts';

test('what is not served yet says what is missing', async (t) => {
  const { client } = await openWorld(t);
  const ServerId = 's-0123456789abcdef0';
  const ConnectorId = 'c-0123456789abcdef0';
  const calls: readonly (readonly [what: string, call: () => Promise<unknown>])[] = [
    ['Connectors', () => client.createConnector({ AccessRole: ROLE })],
    ['Connectors', () => client.testConnection({ ConnectorId })],
    ['File transfers by connectors', () => client.startFileTransfer({ ConnectorId })],
    ['AS2 profiles', () => client.createProfile({ As2Id: 'x', ProfileType: 'LOCAL' })],
    ['AS2 agreements', () => client.listAgreements({ ServerId })],
    ['AS2 certificates', () => client.listCertificates({})],
    ['Accesses of directory groups', () => client.listAccesses({ ServerId })],
    ['Web apps', () => client.listWebApps({})],
  ];
  for (const [what, call] of calls) {
    await refuses(call(), 'InvalidRequestException', {
      message: `${what} are not supported by Orrery yet`,
    });
  }
  assert.deepEqual((await client.listServers({})).Servers, []);
});
