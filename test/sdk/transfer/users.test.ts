import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CreateUserCommandInput,
  type DescribedUser,
  paginateListUsers,
  type Transfer,
  type UpdateUserCommandInput,
} from '@aws-sdk/client-transfer';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { account, region } from '../../support/start-server.ts';
import { FUNCTION, OTHER_ROLE, openWorld, ROLE, refuses, USER_KEYS } from './transfer-client.ts';

type NewUser = Omit<CreateUserCommandInput, 'ServerId' | 'UserName' | 'Role'>;

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [`arn:aws:s3:::\${transfer:HomeBucket}`],
      Condition: { StringLike: { 's3:prefix': [`\${transfer:HomeFolder}/*`, `\${transfer:HomeFolder}`] } },
    },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::\${Transfer:HomeDirectory}/*` },
  ],
});
const PROFILE = { Uid: 1000, Gid: 4_294_967_295, SecondaryGids: [7, 8] };

async function described(client: Transfer, id: string, name: string): Promise<Partial<DescribedUser>> {
  const { User: user } = await client.describeUser({ ServerId: id, UserName: name });
  return user ?? {};
}

test('a user has what its client asks for, and nothing else', async (t) => {
  const clock = createFixedClock();
  const { client, createServer } = await openWorld(t, { clock });
  const id = await createServer();
  const made = await client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE });
  assert.deepEqual([made.ServerId, made.UserName], [id, 'alice']);
  const arn = (name: string) => `arn:aws:transfer:${region}:${account}:user/${id}/${name}`;
  assert.deepEqual(await described(client, id, 'alice'), {
    Arn: arn('alice'),
    HomeDirectoryType: 'PATH',
    Role: ROLE,
    SshPublicKeys: [],
    Tags: [],
    UserName: 'alice',
  });
  const asked = {
    HomeDirectory: '/bucket/bob',
    Policy: POLICY,
    PosixProfile: PROFILE,
    Role: ROLE,
    Tags: [{ Key: 'team', Value: '' }],
  };
  await client.createUser({
    ServerId: id,
    UserName: 'bob@example.com',
    ...asked,
    SshPublicKeyBody: `${USER_KEYS.ed25519}\n`,
  });
  const { SshPublicKeys: keys = [], ...rest } = await described(client, id, 'bob@example.com');
  assert.deepEqual(rest, {
    Arn: arn('bob@example.com'),
    HomeDirectoryType: 'PATH',
    UserName: 'bob@example.com',
    ...asked,
  });
  assert.match(keys[0]?.SshPublicKeyId ?? '', /^key-[0-9a-f]{17}$/);
  assert.deepEqual(keys, [
    {
      DateImported: new Date(clock.now()),
      SshPublicKeyBody: USER_KEYS.ed25519,
      SshPublicKeyId: keys[0]?.SshPublicKeyId,
    },
  ]);
  const { Users: users } = await client.listUsers({ ServerId: id });
  assert.deepEqual(users, [
    { Arn: arn('alice'), HomeDirectoryType: 'PATH', Role: ROLE, SshPublicKeyCount: 0, UserName: 'alice' },
    {
      Arn: arn('bob@example.com'),
      HomeDirectory: '/bucket/bob',
      HomeDirectoryType: 'PATH',
      Role: ROLE,
      SshPublicKeyCount: 1,
      UserName: 'bob@example.com',
    },
  ]);
  assert.equal((await client.describeServer({ ServerId: id })).Server?.UserCount, 2);
  assert.equal((await client.listServers({})).Servers?.[0]?.UserCount, 2);
});

const logical = (...entries: readonly (readonly [string, string])[]): NewUser => ({
  HomeDirectoryType: 'LOGICAL',
  HomeDirectoryMappings: entries.map(([Entry, Target]) => ({ Entry, Target })),
});

const ACCEPTED: readonly NewUser[] = [
  logical(['/', '/bucket']),
  logical(['/', `/bucket/home/\${transfer:UserName}/in`]),
  logical(['/a', '/bucket/a'], ['/ab', '/other/ab'], ['/b/c/d', '/bucket']),
  { ...logical(['/', '/bucket']), HomeDirectory: '/in' },
  {
    HomeDirectoryType: 'LOGICAL',
    HomeDirectoryMappings: [{ Entry: '/list.txt', Target: '/bucket/list.txt', Type: 'FILE' }],
  },
];

const REFUSED: readonly (readonly [NewUser, RegExp])[] = [
  [{ HomeDirectoryType: 'LOGICAL' }, /requires HomeDirectoryMappings/],
  [{ HomeDirectoryMappings: [{ Entry: '/', Target: '/bucket' }] }, /LOGICAL only/],
  [logical(['/', '/a'], ['/b', '/c']), /must be alone/],
  [logical(['/a', '/x'], ['/a', '/y']), /different/],
  [logical(['/a/b/c', '/x'], ['/a', '/y']), /within the Entry \/a/],
  [logical(['/a', '/x/']), /Target/],
  [logical(['/a', '/']), /Target/],
  [logical(['/a', '/x//y']), /Target/],
  [logical(['/a', '/x/../y']), /Target/],
  [logical(['/a/', '/x']), /Entry/],
  [logical(['/a/./b', '/x']), /Entry/],
  [logical(['/a', `/x/\${transfer:HomeFolder}`]), /variable/],
  [logical(['/a\0b', '/x']), /An Entry holds NUL/],
  [logical(['/a', '/x\0']), /A Target holds NUL/],
  [{ HomeDirectory: '/bucket/\0' }, /HomeDirectory holds NUL/],
  [logical(['a', '/x']), /homeDirectoryMappings.1.member.entry/],
  [{ Policy: 'no JSON' }, /session policy/],
  [{ Policy: '[]' }, /session policy/],
  [{ Policy: '{"Statement":[{"Effect":"Allow"}]}' }, /session policy/],
  [{ Policy: POLICY.replace('HomeBucket', 'constructor') }, /\$\{transfer:constructor\}/],
  [{ ...logical(['/', '/bucket']), Policy: POLICY }, /HomeBucket.* is not available/],
  [{ Policy: JSON.stringify({ Statement: 'x'.repeat(2048) }) }, /^Cannot exceed quota for PolicySize: 2048$/],
  [{ PosixProfile: { Uid: -1, Gid: 0 } }, /posixProfile.uid/],
  [{ PosixProfile: { ...PROFILE, SecondaryGids: Array.from({ length: 17 }, () => 1) } }, /secondaryGids/],
  [{ HomeDirectory: 'bucket' }, /homeDirectory/],
  [{ SshPublicKeyBody: 'ssh-ed25519' }, /^Unsupported or invalid SSH public key format$/],
  [{ Tags: [{ Key: '', Value: 'x' }] }, /empty/],
];

test('homes, policies and profiles follow their rules', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  for (const [at, input] of ACCEPTED.entries()) {
    const name = `user${at}`;
    await client.createUser({ ServerId: id, UserName: name, Role: ROLE, ...input });
    const { HomeDirectoryMappings: mappings, HomeDirectory: home } = await described(client, id, name);
    assert.deepEqual([mappings, home], [input.HomeDirectoryMappings, input.HomeDirectory]);
  }
  for (const [input, message] of REFUSED) {
    const call = client.createUser({ ServerId: id, UserName: 'refused', Role: ROLE, ...input });
    await refuses(call, 'InvalidRequestException', { message });
  }
  await refuses(client.describeUser({ ServerId: id, UserName: 'refused' }), 'ResourceNotFoundException', {
    message: 'Unknown user',
    resource: ['User', 'refused'],
  });
});

test('users of file systems have a profile and no session policy', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer({ Domain: 'EFS' });
  const create = (input: NewUser) =>
    client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE, ...input });
  await refuses(create({}), 'InvalidRequestException', { message: /PosixProfile is required/ });
  await refuses(create({ PosixProfile: PROFILE, Policy: POLICY }), 'InvalidRequestException', {
    message: /Domain S3 only/,
  });
  await create({ PosixProfile: PROFILE });
  assert.deepEqual((await described(client, id, 'alice')).PosixProfile, PROFILE);
});

test('a user’s name is taken once per server', async (t) => {
  const { client, createServer } = await openWorld(t, { limits: { 'transfer.users': 2 } });
  const [one, two] = [await createServer(), await createServer()];
  const alice = { UserName: 'alice', Role: ROLE };
  await client.createUser({ ServerId: one, ...alice });
  await client.createUser({ ServerId: two, ...alice });
  await refuses(client.createUser({ ServerId: one, ...alice }), 'ResourceExistsException', {
    resource: ['User', 'alice'],
  });
  await client.createUser({ ServerId: one, ...alice, UserName: 'bob' });
  await refuses(
    client.createUser({ ServerId: one, ...alice, UserName: 'carol' }),
    'InvalidRequestException',
    { message: /limit of 2 users/ },
  );
  await client.deleteUser({ ServerId: one, UserName: 'alice' });
  await refuses(client.deleteUser({ ServerId: one, UserName: 'alice' }), 'ResourceNotFoundException');
  await client.createUser({ ServerId: one, ...alice, UserName: 'carol' });
});

test('an update of a user changes what it names', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  const name = { ServerId: id, UserName: 'alice' };
  await client.createUser({
    ...name,
    Role: ROLE,
    HomeDirectory: '/in',
    Policy: POLICY,
    PosixProfile: PROFILE,
  });
  const update = (input: Omit<UpdateUserCommandInput, 'ServerId' | 'UserName'>) =>
    client.updateUser({ ...name, ...input });
  const before = await described(client, id, 'alice');
  await update({});
  assert.deepEqual(await described(client, id, 'alice'), before);
  await update({ Role: OTHER_ROLE, HomeDirectory: '/out' });
  assert.deepEqual(await described(client, id, 'alice'), {
    ...before,
    Role: OTHER_ROLE,
    HomeDirectory: '/out',
  });
  await refuses(update({ HomeDirectoryType: 'LOGICAL', Policy: '' }), 'InvalidRequestException');
  const HomeDirectoryMappings = [{ Entry: '/', Target: '/bucket' }];
  await refuses(update({ HomeDirectoryType: 'LOGICAL', HomeDirectoryMappings }), 'InvalidRequestException', {
    message: /not available/,
  });
  await update({ HomeDirectoryType: 'LOGICAL', HomeDirectoryMappings, Policy: '', HomeDirectory: '' });
  const logicalUser = await described(client, id, 'alice');
  assert.deepEqual(logicalUser.HomeDirectoryMappings, HomeDirectoryMappings);
  assert.equal('Policy' in logicalUser || 'HomeDirectory' in logicalUser, false);
  await update({ HomeDirectoryType: 'PATH' });
  assert.equal('HomeDirectoryMappings' in (await described(client, id, 'alice')), false);
});

test('users of an identity provider are not registered here', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer({
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: FUNCTION },
  });
  await refuses(
    client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE }),
    'InvalidRequestException',
    { message: /identity provider/ },
  );
});

test('keys are imported and deleted one by one', async (t) => {
  const { client, createServer } = await openWorld(t, { limits: { 'transfer.sshKeys': 2 } });
  const id = await createServer();
  const name = { ServerId: id, UserName: 'alice' };
  await client.createUser({ ...name, Role: ROLE });
  const add = (SshPublicKeyBody: string) => client.importSshPublicKey({ ...name, SshPublicKeyBody });
  const { SshPublicKeyId: first = '', ...echo } = await add(USER_KEYS.rsa);
  assert.deepEqual([echo.ServerId, echo.UserName], [id, 'alice']);
  await refuses(
    add(`${USER_KEYS.rsa.split(' ').slice(0, 2).join('\t')} another comment`),
    'ResourceExistsException',
    {
      resource: ['SshPublicKey', first],
    },
  );
  await add(USER_KEYS.ecdsa);
  await refuses(add(USER_KEYS.ed25519), 'InvalidRequestException', { message: /limit of 2 SSH/ });
  await client.deleteSshPublicKey({ ...name, SshPublicKeyId: first });
  await refuses(client.deleteSshPublicKey({ ...name, SshPublicKeyId: first }), 'ResourceNotFoundException', {
    resource: ['SshPublicKey', first],
  });
  await add(USER_KEYS.ed25519);
  const { SshPublicKeys: keys = [] } = await described(client, id, 'alice');
  assert.deepEqual(
    keys.map(({ SshPublicKeyBody: body }) => body),
    [USER_KEYS.ecdsa, USER_KEYS.ed25519],
  );
  await refuses(
    client.importSshPublicKey({ ServerId: id, UserName: 'nobody', SshPublicKeyBody: USER_KEYS.rsa }),
    'ResourceNotFoundException',
    { resource: ['User', 'nobody'] },
  );
});

test('users are listed in the order of creation, and paged', async (t) => {
  const { client, createServer } = await openWorld(t, { clock: createFixedClock() });
  const id = await createServer();
  const names = ['zoe', 'adam', 'mia', 'ben', 'kim'];
  for (const UserName of names) await client.createUser({ ServerId: id, UserName, Role: ROLE });
  const seen: (string | undefined)[] = [];
  for await (const page of paginateListUsers({ client, pageSize: 2 }, { ServerId: id }))
    seen.push(...(page.Users ?? []).map(({ UserName: name }) => name));
  assert.deepEqual(seen, names);
});
