import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transfer } from '@aws-sdk/client-transfer';
import { account, region } from '../../support/start-server.ts';
import { HOST_KEYS, openWorld, ROLE, refuses, type TransferWorld, USER_KEYS } from './transfer-client.ts';

const KEY = { id: 'RESTRICTED', secret: 'a-restricted-secret' };
const credentials = { accessKeyId: KEY.id, secretAccessKey: KEY.secret };
const prefix = `arn:aws:transfer:${region}:${account}`;

type Statement = Readonly<Record<string, unknown>>;

/** A world with a client that may do only what the statements say. */
async function restricted(
  t: Parameters<typeof openWorld>[0],
  statements: readonly Statement[],
): Promise<TransferWorld & { readonly limited: Transfer }> {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement }));
  const policies = [{ Version: '2012-10-17', Statement }];
  const world = await openWorld(t, { keys: [{ ...KEY, policies }] });
  return { ...world, limited: world.connect({ credentials }) };
}

const denied = (action: string, resource: string) => ({
  message: `User: arn:aws:iam::${account}:user/${KEY.id} is not authorized to perform: transfer:${action} on resource: ${resource}`,
});

test('without policies for it nothing is allowed, and the refusal names action and resource', async (t) => {
  const { limited, createServer, client } = await restricted(t, [{ Action: 'transfer:ListServers' }]);
  const id = await createServer();
  await client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE });
  const { HostKeys: [key] = [] } = await client.listHostKeys({ ServerId: id });
  assert.equal((await limited.listServers({})).Servers?.length, 1);
  const server = `${prefix}:server/${id}`;
  const user = `${prefix}:user/${id}/alice`;
  const hostKey = `${prefix}:host-key/${id}/${key?.HostKeyId}`;
  const ofUser = { ServerId: id, UserName: 'alice' };
  const ofKey = { ServerId: id, HostKeyId: key?.HostKeyId };
  const workflow = { WorkflowId: 'w-0123456789abcdef0' };
  const calls: readonly (readonly [action: string, resource: string, call: () => Promise<unknown>])[] = [
    ['CreateServer', '*', () => limited.createServer({})],
    ['DescribeServer', server, () => limited.describeServer({ ServerId: id })],
    ['UpdateServer', server, () => limited.updateServer({ ServerId: id })],
    ['DeleteServer', server, () => limited.deleteServer({ ServerId: id })],
    ['StartServer', server, () => limited.startServer({ ServerId: id })],
    ['StopServer', server, () => limited.stopServer({ ServerId: id })],
    ['CreateUser', server, () => limited.createUser({ ...ofUser, UserName: 'bob', Role: ROLE })],
    ['ListUsers', server, () => limited.listUsers({ ServerId: id })],
    ['DescribeUser', user, () => limited.describeUser(ofUser)],
    ['UpdateUser', user, () => limited.updateUser(ofUser)],
    ['DeleteUser', user, () => limited.deleteUser(ofUser)],
    [
      'ImportSshPublicKey',
      user,
      () => limited.importSshPublicKey({ ...ofUser, SshPublicKeyBody: USER_KEYS.rsa }),
    ],
    [
      'DeleteSshPublicKey',
      user,
      () => limited.deleteSshPublicKey({ ...ofUser, SshPublicKeyId: 'key-00000000000000000' }),
    ],
    ['TestIdentityProvider', user, () => limited.testIdentityProvider(ofUser)],
    ['ImportHostKey', server, () => limited.importHostKey({ ServerId: id, HostKeyBody: HOST_KEYS.ecdsa })],
    ['ListHostKeys', server, () => limited.listHostKeys({ ServerId: id })],
    ['DescribeHostKey', hostKey, () => limited.describeHostKey(ofKey)],
    ['UpdateHostKey', hostKey, () => limited.updateHostKey({ ...ofKey, Description: '' })],
    ['DeleteHostKey', hostKey, () => limited.deleteHostKey(ofKey)],
    ['TagResource', user, () => limited.tagResource({ Arn: user, Tags: [{ Key: 'a', Value: 'b' }] })],
    ['UntagResource', hostKey, () => limited.untagResource({ Arn: hostKey, TagKeys: ['a'] })],
    ['ListTagsForResource', server, () => limited.listTagsForResource({ Arn: server })],
    ['ListSecurityPolicies', '*', () => limited.listSecurityPolicies({})],
    ['CreateConnector', '*', () => limited.createConnector({ AccessRole: ROLE })],
  ];
  for (const [action, resource, call] of calls) {
    await refuses(call(), 'AccessDeniedException', denied(action, resource));
  }
  await assert.rejects(limited.listExecutions(workflow), Error);
});

test('policies reach single servers and users', async (t) => {
  const { limited, createServer, client } = await restricted(t, [
    { Action: 'transfer:*', Resource: `${prefix}:user/*/alice` },
    { Action: 'transfer:Describe*', Resource: `${prefix}:server/*` },
  ]);
  const id = await createServer();
  for (const UserName of ['alice', 'bob']) await client.createUser({ ServerId: id, UserName, Role: ROLE });
  await limited.describeServer({ ServerId: id });
  await limited.updateUser({ ServerId: id, UserName: 'alice', HomeDirectory: '/b' });
  await refuses(
    limited.updateUser({ ServerId: id, UserName: 'bob', HomeDirectory: '/b' }),
    'AccessDeniedException',
  );
  await refuses(limited.stopServer({ ServerId: id }), 'AccessDeniedException');
});

test('policies can ask for tags of the request and of the resource', async (t) => {
  const { limited, createServer, client } = await restricted(t, [
    {
      Action: 'transfer:CreateServer',
      Condition: {
        StringEquals: { 'aws:RequestTag/team': 'billing', 'transfer:RequestServerDomain': 'S3' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'name'] },
      },
    },
    { Action: 'transfer:StopServer', Condition: { StringEquals: { 'aws:ResourceTag/team': 'billing' } } },
  ]);
  const team = (Value: string) => [{ Key: 'team', Value }];
  const HostKey = HOST_KEYS.ed25519;
  const { ServerId: own } = await limited.createServer({ Tags: team('billing'), Domain: 'S3', HostKey });
  const other = await createServer({ Tags: team('sales') });
  await refuses(limited.createServer({ Tags: team('sales'), Domain: 'S3' }), 'AccessDeniedException');
  await refuses(limited.createServer({ Tags: team('billing'), Domain: 'EFS' }), 'AccessDeniedException');
  await refuses(
    limited.createServer({ Tags: [...team('billing'), { Key: 'x', Value: '' }], Domain: 'S3' }),
    'AccessDeniedException',
  );
  await limited.stopServer({ ServerId: own });
  await refuses(limited.stopServer({ ServerId: other }), 'AccessDeniedException');
  await client.tagResource({ Arn: `${prefix}:server/${other}`, Tags: team('billing') });
  await limited.stopServer({ ServerId: other });
});
