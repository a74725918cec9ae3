import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FieldWriter } from '../../../src/sftp/packets/field-writer.ts';
import { REQUEST } from '../../../src/sftp/packets/names.ts';
import { keys, put } from '../../support/objects.ts';
import { FX, RawSftp } from '../../support/raw-sftp.ts';
import { eventually, SftpWorld, USER_ROLE } from '../../support/sftp-world.ts';

const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;
const UNSUPPORTED = 8;

const failsWith = (call: Promise<unknown>, code: number): Promise<void> =>
  assert.rejects(call, (error: Error & { code?: number }) => {
    assert.equal(error.code, code, error.message);
    return true;
  });

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  more: object = {},
) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});

const REMOTE_KEYS = { accessKeyId: 'a', secretAccessKey: 'b', forcePathStyle: true };
const NOTHING_SECRET = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:PutObject', Resource: '*/secret' },
  ],
};

describe('homes', () => {
  test('a path: relative names start there, and every bucket has its name', async (t) => {
    const world = await SftpWorld.open(t);
    await world.createUser({ HomeDirectory: '/in/team' });
    const session = await world.login();
    assert.equal(await session.realPath('.'), '/in/team');
    await session.put('a.txt', 'hello');
    assert.deepEqual(await keys(world.bucket('in')), ['team/a.txt']);
    assert.deepEqual(await session.list('/'), ['in', 'out']);
    await session.put('/out/b.txt', 'there');
    assert.equal(readFileSync(join(world.data, 'buckets/out/b.txt'), 'utf8'), 'there');
    await failsWith(session.get('/nowhere/a.txt'), NO_SUCH_FILE);
    await failsWith(session.get('/in/../../../../etc/passwd'), NO_SUCH_FILE);
    await failsWith(session.get('/in/.orrery/notes.db'), NO_SUCH_FILE);
  });

  test('mappings: only what they name can be seen, by the names they give', async (t) => {
    const world = await SftpWorld.open(t);
    await put(world.bucket('out'), 'reports/may.csv', 'numbers');
    await put(world.bucket('in'), 'of-somebody-else.txt', 'secret');
    await world.createUser({
      HomeDirectory: undefined,
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryMappings: [
        { Entry: '/inbox', Target: `/in/$\{transfer:UserName}` },
        { Entry: '/shared/reports', Target: '/out/reports' },
      ],
    });
    const session = await world.login();
    assert.equal(await session.realPath('.'), '/');
    assert.deepEqual(await session.list('/'), ['inbox', 'shared']);
    assert.deepEqual(await session.list('/shared/reports'), ['may.csv']);
    await session.put('/inbox/a.txt', 'hello');
    assert.deepEqual(await keys(world.bucket('in')), ['alice/a.txt', 'of-somebody-else.txt']);
    await failsWith(session.put('/a.txt', 'hello'), NO_SUCH_FILE);
    await failsWith(session.get('/inbox/../in/of-somebody-else.txt'), NO_SUCH_FILE);
    await failsWith(session.get('/inbox/../../of-somebody-else.txt'), NO_SUCH_FILE);
    const lines = await world.logged('CLOSE', 'alice.');
    const paths = lines.filter((line) => line['activity-type'] === 'CLOSE').map(({ path }) => path);
    assert.deepEqual(paths, ['/in/alice/a.txt']);
    assert.equal(lines.find((line) => line['activity-type'] === 'CONNECTED')?.['home-dir'], '/');
  });

  test('mappings with a home directory: relative names start there if the user sees it', async (t) => {
    const world = await SftpWorld.open(t);
    await put(world.bucket('in'), 'team/reports/may.csv', 'numbers');
    await put(world.bucket('in'), 'team/notes.txt', 'text');
    await world.createUser({
      HomeDirectory: '/reports',
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryMappings: [{ Entry: '/', Target: '/in/team' }],
    });
    const landing = async (HomeDirectory: string): Promise<string> => {
      await world.client.updateUser({ ServerId: world.sftp.id, UserName: 'alice', HomeDirectory });
      const session = await world.login();
      return session.realPath('.');
    };
    assert.equal(await landing('/reports/'), '/reports');
    assert.equal(await landing('/in/team'), '/');
    assert.equal(await landing('/notes.txt'), '/');
    assert.equal(await landing(''), '/');
  });
});

test('errors tell a user with mappings nothing of where files are stored', async (t) => {
  const world = await SftpWorld.open(t, {
    buckets: { remote: { endpoint: 'http://127.0.0.1:9', bucket: 'far-away', ...REMOTE_KEYS } },
    roles: [{ arn: USER_ROLE, policies: [NOTHING_SECRET] }],
  });
  await put(world.bucket('in'), 'hidden-part/dir/a.txt', 'hello');
  await world.createUser({
    HomeDirectory: undefined,
    HomeDirectoryType: 'LOGICAL',
    HomeDirectoryMappings: [
      { Entry: '/box', Target: '/in/hidden-part' },
      { Entry: '/far', Target: '/remote/hidden-part' },
    ],
  });
  const session = await world.login();
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['There is no such file or directory: /box/none', () => session.get('/box/none')],
    ['The name is taken: /box/dir', () => session.makeDirectory('/box/dir')],
    ['It is a directory: /box/dir/a.txt to /box/dir', () => session.rename('/box/dir/a.txt', '/box/dir')],
    ['The directory is not empty: /box/dir', () => session.removeDirectory('/box/dir')],
    ['It is a directory: /box/dir', () => session.put('/box/dir', 'x')],
    ['Permission denied: /box/secret', () => session.put('/box/secret', 'x')],
    ['The storage does not answer as it should: /far/a', () => session.get('/far/a')],
    ['The storage does not answer as it should: /far', () => session.list('/far')],
    ['The storage does not answer as it should: /far/a', () => session.put('/far/a', 'x')],
  ];
  for (const [text, call] of calls) await assert.rejects(call, { message: text });
  await eventually('the log says what has really happened', async () => {
    const lines = await world.log('alice.');
    const logged = lines.map(({ operation, path, message }) => `${operation} ${path} ${message}`).join('\n');
    const isDenial = logged.includes('/box/secret Access denied: s3:PutObject on in/hidden-part/secret');
    return (isDenial && /CLOSE \/far\/a .*ECONNREFUSED/.test(logged)) || undefined;
  });
});

describe('policies', () => {
  test('what the session policy does not allow is denied', async (t) => {
    const world = await SftpWorld.open(t);
    await put(world.bucket('in'), 'alice/read.txt', 'mine');
    await put(world.bucket('in'), 'bob/read.txt', 'not mine');
    const list = allow('s3:ListBucket', 'arn:aws:s3:::in', {
      Condition: { StringLike: { 's3:prefix': [`$\{transfer:HomeFolder}/*`, `$\{transfer:HomeFolder}`] } },
    });
    const files = allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::$\{transfer:HomeDirectory}/*`);
    const Policy = JSON.stringify({ ...list, Statement: [...list.Statement, ...files.Statement] });
    await world.createUser({ HomeDirectory: '/in/alice', Policy });
    const session = await world.login();
    assert.deepEqual(await session.list('.'), ['read.txt']);
    assert.equal(String(await session.get('read.txt')), 'mine');
    await session.put('written.txt', 'new');
    await failsWith(session.remove('read.txt'), PERMISSION_DENIED);
    await failsWith(session.get('/in/bob/read.txt'), PERMISSION_DENIED);
    await failsWith(session.put('/in/bob/written.txt', 'x'), PERMISSION_DENIED);
    await failsWith(session.list('/in/bob'), PERMISSION_DENIED);
    await failsWith(session.list('/in'), PERMISSION_DENIED);
    await failsWith(session.put('/out/written.txt', 'x'), PERMISSION_DENIED);
    assert.deepEqual(await keys(world.bucket('in')), ['alice/read.txt', 'alice/written.txt', 'bob/read.txt']);
    assert.deepEqual(await keys(world.bucket('out')), []);
  });

  test('what the role does not allow is denied, whatever the session policy says', async (t) => {
    const drop = allow('s3:PutObject', 'arn:aws:s3:::in/*');
    const world = await SftpWorld.open(t, { roles: [{ arn: USER_ROLE, policies: [drop] }] });
    await world.createUser({ Policy: JSON.stringify(allow('s3:*', '*')) });
    const session = await world.login();
    await session.put('a.txt', 'hello');
    await session.put('deep/b.txt', 'there');
    await failsWith(session.put('deep', 'a directory'), FAILURE);
    await failsWith(session.get('a.txt'), PERMISSION_DENIED);
    await failsWith(session.list('.'), PERMISSION_DENIED);
    await failsWith(session.remove('a.txt'), PERMISSION_DENIED);
    await failsWith(session.put('/out/a.txt', 'hello'), PERMISSION_DENIED);
    assert.deepEqual(await keys(world.bucket('in')), ['a.txt', 'deep/b.txt']);
    assert.deepEqual(await keys(world.bucket('out')), []);
  });

  test('where roles are strict, one that is not listed may do nothing', async (t) => {
    const world = await SftpWorld.open(t, { strictRoles: true });
    await put(world.bucket('in'), 'a.txt', 'hello');
    await world.createUser();
    const session = await world.login();
    await failsWith(session.get('a.txt'), PERMISSION_DENIED);
    await failsWith(session.put('b.txt', 'x'), PERMISSION_DENIED);
    await failsWith(session.list('.'), PERMISSION_DENIED);
  });
});

test('attributes are written down, and where the server says so they change nothing', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  await put(world.bucket('in'), 'a.txt', 'hello');
  const setTimes = async (): Promise<readonly number[]> => {
    const sftp = await RawSftp.start((await world.login()).client);
    const handle = await sftp.open('/in/b.txt', 'WRITE', 'CREATE', 'TRUNCATE');
    const times = (to: FieldWriter): FieldWriter => to.uint32(8).uint32(1000).uint32(1000);
    const codes = [
      await sftp.status(REQUEST.SETSTAT, (to) => times(to.text('/in/a.txt'))),
      await sftp.status(REQUEST.FSETSTAT, (to) => times(to.string(handle))),
      await sftp.status(REQUEST.SETSTAT, (to) => to.text('/in/a.txt').uint32(2).uint32(7).uint32(7)),
      await sftp.status(REQUEST.CLOSE, (to) => to.string(handle)),
    ];
    return codes.map(([code]) => code);
  };
  const logged = async (): Promise<readonly unknown[]> => {
    await world.logged('CLOSE', 'alice.');
    const lines = await world.log('alice.');
    return lines.filter((line) => line['activity-type'] === 'SETSTAT').map(({ path }) => path);
  };
  const ProtocolDetails = { SetStatOption: 'ENABLE_NO_OP' } as const;
  await world.client.updateServer({ ServerId: world.sftp.id, ProtocolDetails });
  assert.deepEqual(await setTimes(), [FX.OK, FX.OK, FX.OK, FX.OK]);
  for (const key of ['a.txt', 'b.txt'])
    assert.notEqual((await world.bucket('in').head({ key }))?.modifiedAt, 1_000_000);
  assert.deepEqual(await logged(), ['/in/a.txt', '/in/b.txt', '/in/a.txt']);
});

test('on a file system, users are who their POSIX profiles say', async (t) => {
  const id = 'fs-0123456789abcdef0';
  const world = await SftpWorld.open(t, { fileSystems: [id] }, { Domain: 'EFS' });
  const folder = join(world.data, id);
  mkdirSync(join(folder, 'open'), { mode: 0o777 });
  writeFileSync(join(folder, 'of-the-system'), 'x', { mode: 0o600 });
  // Nobody who runs the tests is one of these.
  const profile = (Uid: number, SecondaryGids: number[] = []) => ({ Uid, Gid: Uid, SecondaryGids });
  const user = (UserName: string, PosixProfile: ReturnType<typeof profile>) =>
    world.createUser({ UserName, HomeDirectory: `/${id}/open`, PosixProfile });
  await user('admin', profile(0));
  await user('alice', profile(51_001));
  await user('bob', profile(51_002, [51_001]));
  await user('carol', profile(51_003));
  const admin = await world.login({ username: 'admin' });
  await admin.setMode('.', 0o777);
  const alice = await world.login();
  const bob = await world.login({ username: 'bob' });
  const carol = await world.login({ username: 'carol' });
  await alice.put('a.txt', 'hello');
  await alice.setMode('a.txt', 0o640);
  const { uid, gid } = await alice.stat('a.txt');
  assert.deepEqual([uid, gid], [51_001, 51_001]);
  assert.equal(String(await bob.get('a.txt')), 'hello', 'by the group');
  await failsWith(bob.put('a.txt', 'changed'), PERMISSION_DENIED);
  await failsWith(carol.get('a.txt'), PERMISSION_DENIED);
  await failsWith(carol.setMode('a.txt', 0o777), PERMISSION_DENIED);
  await failsWith(alice.get(`/${id}/of-the-system`), PERMISSION_DENIED);
  assert.equal(String(await admin.get('a.txt')), 'hello');
});

test('on a file system, what a client asks to be durable is written at once', async (t) => {
  const id = 'fs-0123456789abcdef0';
  const world = await SftpWorld.open(t, { fileSystems: [id] }, { Domain: 'EFS' });
  const [Uid, Gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  await world.createUser({ HomeDirectory: `/${id}`, PosixProfile: { Uid, Gid } });
  const sftp = await RawSftp.start((await world.login()).client);
  const handle = await sftp.open('a.txt', 'WRITE', 'CREATE');
  await sftp.ask(REQUEST.WRITE, (to) => to.string(handle).uint64(0).text('hello'));
  const synced = await sftp.status(REQUEST.EXTENDED, (to) => to.text('fsync@openssh.com').string(handle));
  assert.equal(synced[0], FX.OK, synced[1]);
  assert.equal(readFileSync(join(world.data, id, 'a.txt'), 'utf8'), 'hello');
});

test('on a file system, no link leads out of what is mapped', async (t) => {
  const id = 'fs-0123456789abcdef0';
  const world = await SftpWorld.open(t, { fileSystems: [id] }, { Domain: 'EFS' });
  const folder = join(world.data, id);
  for (const name of ['jail', 'cell', 'jail/dir']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'secret'), 'secret');
  const links = { up: '../secret', above: '..', top: '/secret', cell: '/cell' };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, 'jail', name));
  await world.createUser({
    HomeDirectory: undefined,
    HomeDirectoryType: 'LOGICAL',
    HomeDirectoryMappings: [
      { Entry: '/home', Target: `/${id}/jail` },
      { Entry: '/cell', Target: `/${id}/cell` },
    ],
    PosixProfile: { Uid: process.getuid?.() ?? 0, Gid: process.getgid?.() ?? 0 },
  });
  const session = await world.login();
  for (const path of ['/home/up', '/home/top', '/home/above/secret', '/home/dir/../above/secret']) {
    await failsWith(session.get(path), UNSUPPORTED);
    await failsWith(session.put(path, 'x'), UNSUPPORTED);
  }
  await failsWith(session.put('/home/cell/a.txt', 'x'), UNSUPPORTED);
  await failsWith(session.list('/home/above'), UNSUPPORTED);
  await session.put('/home/dir/a.txt', 'hello');
  await failsWith(session.rename('/home/dir/a.txt', '/home/above/a.txt'), UNSUPPORTED);
  await session.rename('/home/dir/a.txt', '/cell/a.txt');
  assert.equal(String(await session.get('/cell/a.txt')), 'hello');
  assert.deepEqual(readdirSync(folder).sort(), ['.orrery', 'cell', 'jail', 'secret']);
  assert.equal(readFileSync(join(folder, 'secret'), 'utf8'), 'secret');
});
