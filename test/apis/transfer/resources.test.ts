import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identify } from '../../../src/apis/transfer/identity/identify.ts';
import type { User } from '../../../src/apis/transfer/resources/documents.ts';
import {
  openHostKey,
  readHostKey,
  sealedHostKey,
} from '../../../src/apis/transfer/resources/new-host-key.ts';
import { addServer, allServers, removeServer } from '../../../src/apis/transfer/resources/servers.ts';
import { filledPolicy } from '../../../src/apis/transfer/resources/session-policy.ts';
import { addUser, countUsers } from '../../../src/apis/transfer/resources/users.ts';
import { PolicyError } from '../../../src/policy/document.ts';
import { HOST_KEYS, ROLE, USER_KEYS } from '../../sdk/transfer/transfer-client.ts';
import { openTestTransfer, startedServer } from './open-test-transfer.ts';

const world = { account: '123456789012', region: 'us-east-1' };

const alice: User = {
  serverId: 's-1',
  UserName: 'alice',
  createdAt: 0,
  Role: ROLE,
  HomeDirectory: '/bucket/alice',
  HomeDirectoryType: 'PATH',
  SshPublicKeys: [{ id: 'key-1', body: USER_KEYS.rsa, importedAt: 0 }],
  Tags: [],
};

test('all servers are found with their worlds', async (t) => {
  const transfer = await openTestTransfer(t);
  const other = { account: '210987654321', region: 'eu-west-1' };
  addServer(transfer, world, startedServer('s-1'));
  addServer(transfer, other, startedServer('s-2'));
  const found = () => allServers(transfer).map((entry) => [entry.world, entry.server.id]);
  assert.deepEqual(found(), [
    [world, 's-1'],
    [other, 's-2'],
  ]);
  removeServer(transfer, world, 's-1');
  assert.deepEqual(found(), [[other, 's-2']]);
});

test('users of a server go with it, and no others', async (t) => {
  const transfer = await openTestTransfer(t);
  for (const id of ['s-1', 's-2']) {
    addServer(transfer, world, startedServer(id));
    addUser(transfer, world, { ...alice, serverId: id });
  }
  removeServer(transfer, world, 's-1');
  assert.deepEqual([countUsers(transfer, world, 's-1'), countUsers(transfer, world, 's-2')], [0, 1]);
});

test('a private host key is sealed for its own place', async (t) => {
  const transfer = await openTestTransfer(t);
  const key = readHostKey(HOST_KEYS.ecdsa);
  const sealed = sealedHostKey(transfer, world, { serverId: 's-1', key, tags: [] });
  assert.doesNotMatch(JSON.stringify(sealed), /PRIVATE/);
  assert.equal(openHostKey(transfer, world, sealed), key.text);
  for (const elsewhere of [{ serverId: 's-2' }, { id: 'hostkey-1' }])
    assert.throws(() => openHostKey(transfer, world, { ...sealed, ...elsewhere }));
  assert.throws(() => openHostKey(transfer, { ...world, region: 'eu-west-1' }, sealed));
});

test('registered users are identified for keys, not for passwords', async (t) => {
  const transfer = await openTestTransfer(t);
  const place = { world, server: startedServer('s-1') };
  addServer(transfer, world, place.server);
  addUser(transfer, world, alice);
  const ask = (userName: string, password?: string) =>
    identify(transfer, place, { userName, password, protocol: 'SFTP', sourceIp: '127.0.0.1' });
  assert.deepEqual((await ask('alice')).user, {
    role: ROLE,
    homeDirectory: '/bucket/alice',
    homeDirectoryType: 'PATH',
    homeDirectoryMappings: undefined,
    policy: undefined,
    posixProfile: undefined,
    publicKeys: [USER_KEYS.rsa],
  });
  for (const [name, password] of [['alice', 'x'], ['bob'], ['Alice'], ['al']] as const) {
    const { user, message } = await ask(name, password);
    assert.equal(user, undefined);
    assert.notEqual(message, '');
  }
});

test('nobody logs in as root, or by a name that no user can have', async (t) => {
  const transfer = await openTestTransfer(t);
  let calls = 0;
  const callFunction = async () => {
    calls++;
    return JSON.stringify({ Role: ROLE });
  };
  const place = {
    world,
    server: {
      ...startedServer('s-1'),
      IdentityProviderType: 'AWS_LAMBDA',
      IdentityProviderDetails: { Function: 'f' },
    },
  } as const;
  const ask = (userName: string) =>
    identify({ ...transfer, callFunction }, place, { userName, protocol: 'SFTP', sourceIp: '' });
  for (const name of ['root', 'ab', '', 'a'.repeat(101), 'alice\n', '../alice', 'ali ce', 'älice'])
    assert.equal((await ask(name)).user, undefined, name);
  assert.equal(calls, 0);
  assert.equal((await ask('alice')).user?.role, ROLE);
});

test('variables of a session policy are filled in within its texts', () => {
  const text = `{"a":["arn:aws:s3:::\${transfer:HomeBucket}/\${Transfer:UserName}*",1,{"b":null}]}`;
  const variables = { 'transfer:homebucket': 'b","x":"y', 'transfer:username': 'alice' };
  assert.deepEqual(filledPolicy(text, variables), {
    a: ['arn:aws:s3:::b","x":"y/alice*', 1, { b: null }],
  });
  for (const name of ['transfer:HomeFolder', 'aws:username', 'constructor', '__proto__', ''])
    assert.throws(() => filledPolicy(JSON.stringify({ a: `\${${name}}` }), variables), PolicyError);
});
