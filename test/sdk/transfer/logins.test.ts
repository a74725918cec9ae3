import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CreateServerCommandInput } from '@aws-sdk/client-transfer';
import type { AnyAuthMethod, ConnectConfig } from 'ssh2';
import { serveHttp } from '../../support/http-server.ts';
import { keyPair } from '../../support/sftp-server.ts';
import { type LogLine, SftpWorld, USER_ROLE } from '../../support/sftp-world.ts';

const PASSWORD = 'hunter2 of the tests';
const KEY_TYPES = ['ed25519', 'rsa', 'ecdsa256', 'ecdsa384', 'ecdsa521'] as const;

const byKey = (type: (typeof KEY_TYPES)[number]) => ({ privateKey: keyPair(type).private });

/** Attempts in this order, and no others. */
const attempts = (...methods: readonly AnyAuthMethod[]): ConnectConfig => ({ authHandler: [...methods] });
const keyOf = (username: string, type: (typeof KEY_TYPES)[number] = 'ed25519'): AnyAuthMethod => ({
  type: 'publickey',
  username,
  key: keyPair(type).private,
});
const passwordOf = (username: string, password = PASSWORD): AnyAuthMethod => ({
  type: 'password',
  username,
  password,
});

async function refusesLogin(world: SftpWorld, config: ConnectConfig): Promise<void> {
  await assert.rejects(world.login(config), (error: Error & { level?: string }) => {
    assert.match(error.message, /authentication|connection has ended|PROTOCOL_ERROR/i);
    return true;
  });
}

const typeOf = (line: LogLine): unknown => line['activity-type'];

test('users that are registered log in by keys of every type', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser({ SshPublicKeyBody: keyPair('rsa').public });
  for (const type of KEY_TYPES.filter((one) => one !== 'rsa')) {
    const SshPublicKeyBody = keyPair(type).public;
    await world.client.importSshPublicKey({ ServerId: world.sftp.id, UserName: 'alice', SshPublicKeyBody });
  }
  for (const type of KEY_TYPES) {
    const session = await world.login(byKey(type));
    assert.equal(await session.realPath('.'), '/in', type);
    await session.end();
  }
  const { User: user } = await world.client.describeUser({ ServerId: world.sftp.id, UserName: 'alice' });
  const [first] = user?.SshPublicKeys ?? [];
  const { SshPublicKeyId = '' } = first ?? {};
  await world.client.deleteSshPublicKey({ ServerId: world.sftp.id, UserName: 'alice', SshPublicKeyId });
  await refusesLogin(world, byKey('rsa'));
  const session = await world.login(byKey('ecdsa521'));
  assert.deepEqual(await session.list('.'), []);
});

test('nobody else logs in, and each refusal is logged', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  await world.createUser({ UserName: 'keyless', SshPublicKeyBody: undefined });
  const refused: ConnectConfig[] = [
    byKey('rsa'),
    attempts(passwordOf('alice')),
    { username: 'keyless' },
    { username: 'stranger' },
    { username: 'root' },
    { username: 'al' },
    { username: '../alice' },
  ];
  for (const config of refused) await refusesLogin(world, config);
  const lines = (await world.logged('AUTH_FAILURE', 'ERRORS')).filter(
    (line) => typeOf(line) === 'AUTH_FAILURE',
  );
  const users = new Set(lines.map(({ user }) => user));
  assert.ok(
    ['alice', 'keyless', 'stranger', 'root'].every((name) => users.has(name)),
    [...users].join(),
  );
  assert.doesNotMatch(JSON.stringify(await world.log('')), new RegExp(PASSWORD));
});

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:identify';

const byFunction = (
  method?: 'PASSWORD' | 'PUBLIC_KEY' | 'PUBLIC_KEY_AND_PASSWORD',
): CreateServerCommandInput => ({
  IdentityProviderType: 'AWS_LAMBDA',
  IdentityProviderDetails: {
    Function: FUNCTION,
    ...(method !== undefined && { SftpAuthenticationMethods: method }),
  },
});

interface Question {
  readonly username: string;
  readonly password: string;
}

/** Knows `alice` and `mallory`: by one password each, and by a key. */
function identified({ username, password }: Question): object {
  const home = { Role: USER_ROLE, HomeDirectory: '/in' };
  if (!['alice', 'mallory', 'keyless'].includes(username)) return {};
  if (username === 'keyless' && password === '') return home;
  if (password === '')
    return { ...home, PublicKeys: [keyPair(username === 'alice' ? 'ed25519' : 'rsa').public] };
  return password === PASSWORD ? home : {};
}

async function openIdentifying(t: TestContext, server: CreateServerCommandInput) {
  const questions: Question[] = [];
  const callFunction = async (_name: string, event: string) => {
    const question = JSON.parse(event) as Question;
    questions.push(question);
    if (question.username === 'broken') throw new Error('never to be shown');
    return JSON.stringify(identified(question));
  };
  const world = await SftpWorld.open(t, { callFunction }, server);
  return { world, questions };
}

test('a function tells who may log in: by a password or by keys', async (t) => {
  const { world, questions } = await openIdentifying(t, byFunction());
  const session = await world.login(attempts(passwordOf('alice')));
  await session.put('a.txt', 'hello');
  assert.equal(String(await session.get('/in/a.txt')), 'hello');
  const other = await world.login(attempts(keyOf('alice')));
  assert.deepEqual(await other.list('.'), ['a.txt']);
  assert.deepEqual(questions[0], {
    username: 'alice',
    password: PASSWORD,
    protocol: 'SFTP',
    serverId: world.sftp.id,
    sourceIp: '127.0.0.1',
  });
  const refused = [
    attempts(passwordOf('alice', 'wrong')),
    attempts(passwordOf('alice', '')),
    // Her provider is asked for keys, as it believes, and has none.
    attempts(passwordOf('keyless', '')),
    attempts(keyOf('alice', 'rsa')),
    attempts(passwordOf('nobody')),
    attempts(keyOf('nobody')),
    attempts(keyOf('keyless')),
  ];
  for (const config of refused) await refusesLogin(world, config);
  assert.doesNotMatch(JSON.stringify(await world.logged('AUTH_FAILURE')), new RegExp(PASSWORD));
});

test('only the methods that the server has', async (t) => {
  for (const [method, right, wrong] of [
    ['PASSWORD', passwordOf('alice'), keyOf('alice')],
    ['PUBLIC_KEY', keyOf('alice'), passwordOf('alice')],
  ] as const) {
    const { world, questions } = await openIdentifying(t, byFunction(method));
    await refusesLogin(world, attempts(wrong));
    assert.deepEqual(questions, [], 'the provider is not asked');
    await (await world.login(attempts(right))).end();
  }
});

test('where both are asked for, it is a key first and then the password of the same user', async (t) => {
  const { world } = await openIdentifying(t, byFunction('PUBLIC_KEY_AND_PASSWORD'));
  const refused = [
    attempts(keyOf('alice')),
    attempts(passwordOf('alice')),
    attempts(passwordOf('alice'), keyOf('alice')),
    attempts(keyOf('alice'), passwordOf('alice', 'wrong')),
    attempts(keyOf('alice', 'rsa'), passwordOf('alice')),
    attempts(keyOf('mallory', 'rsa'), passwordOf('alice')),
  ];
  for (const config of refused) await refusesLogin(world, config);
  const session = await world.login(attempts(keyOf('alice'), passwordOf('alice')));
  assert.equal(await session.realPath('.'), '/in');
  const lines = await world.logged('CONNECTED', 'alice.');
  assert.equal(lines.find((line) => typeOf(line) === 'CONNECTED')?.method, 'publickey,password');
});

test('an HTTP endpoint tells who may log in', async (t) => {
  const url = await serveHttp(t, ({ request }, response) => {
    const [, username = ''] = /\/users\/([^/]+)\/config/.exec(request.url ?? '') ?? [];
    const { password = '' } = request.headers;
    response.statusCode = username === 'broken' ? 500 : 200;
    response.end(JSON.stringify(identified({ username, password: String(password) })));
  });
  const details = { Url: url, InvocationRole: USER_ROLE };
  const world = await SftpWorld.open(
    t,
    {},
    { IdentityProviderType: 'API_GATEWAY', IdentityProviderDetails: details },
  );
  for (const right of [passwordOf('alice'), keyOf('alice'), keyOf('mallory', 'rsa')]) {
    await (await world.login(attempts(right))).end();
  }
  for (const wrong of [passwordOf('alice', 'wrong'), keyOf('alice', 'rsa'), passwordOf('broken')]) {
    await refusesLogin(world, attempts(wrong));
  }
});

test('a server that is changed knows its users anew; who is in stays in', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const session = await world.login();
  await world.client.updateUser({ ServerId: world.sftp.id, UserName: 'alice', HomeDirectory: '/out' });
  assert.equal(await session.realPath('.'), '/in');
  assert.equal(await (await world.login()).realPath('.'), '/out');
  await world.client.deleteUser({ ServerId: world.sftp.id, UserName: 'alice' });
  await refusesLogin(world, {});
});
