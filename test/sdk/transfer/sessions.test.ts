import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Algorithms } from 'ssh2';
import { ssh2 } from '../../../src/sftp/ssh/ssh2.ts';
import { sftpBatch } from '../../support/openssh.ts';
import { isMissing } from '../../support/run-program.ts';
import { connectSsh } from '../../support/sftp-client.ts';
import { keyPair } from '../../support/sftp-server.ts';
import {
  eventually,
  LOGGING_ROLE,
  type LogLine,
  type SftpPlace,
  SftpWorld,
  USER_ROLE,
} from '../../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { HOST_KEYS } from './transfer-client.ts';

const typesOf = (lines: readonly LogLine[]): unknown[] => lines.map((line) => line['activity-type']);

const skip = isMissing('sftp', 'openssh-client');

test('a session of OpenSSH, and what the log says of it', { skip }, async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const { path: folder } = await makeTemporaryDirectory(t);
  writeFileSync(join(folder, 'a.txt'), 'hello');
  const commands = [
    'mkdir new',
    'put a.txt new/a.txt',
    'get new/a.txt back.txt',
    'rename new/a.txt new/b.txt',
    'ls -l new',
    'rm new/b.txt',
    'rmdir new',
    'get missing.txt',
  ];
  const server = { ...world.sftp, configure: () => {}, stop: async () => {} };
  const { code, stdout, stderr } = await sftpBatch({ server }, commands, { folder });
  assert.equal(code, 1, 'the last file is missing');
  assert.match(stdout, /b\.txt/);
  assert.match(stderr, /missing\.txt.*not found/s);
  const lines = await world.logged('DISCONNECTED', 'alice.');
  const done = ['MKDIR', 'OPEN', 'CLOSE', 'OPEN', 'CLOSE', 'RENAME', 'DELETE', 'RMDIR'];
  const types = typesOf(lines).filter((type) => type !== 'ERROR' && type !== 'SETSTAT');
  assert.deepEqual(types, ['CONNECTED', ...done, 'DISCONNECTED']);
  const [connected] = lines;
  const sessionId = String(connected?.['session-id']);
  assert.match(sessionId, /^[0-9a-f]{16}$/);
  const { time: _time, kex, ciphers, client, ...rest } = connected as Record<string, unknown>;
  assert.match(String(client), /^SSH-2\.0-OpenSSH/);
  assert.match(String(kex), /\w/);
  assert.match(String(ciphers), /^[^,]+,[^,]+$/);
  const [type, body] = keyPair('ed25519').public.split(' ');
  assert.deepEqual(rest, {
    'activity-type': 'CONNECTED',
    role: USER_ROLE,
    'home-dir': '/in',
    method: 'publickey',
    'ssh-public-key': body,
    'ssh-public-key-type': type,
    'ssh-public-key-fingerprint': rest['ssh-public-key-fingerprint'],
    'source-ip': '127.0.0.1',
    user: 'alice',
    'session-id': sessionId,
    'resource-arn': `arn:aws:transfer:us-east-1:123456789012:server/${world.sftp.id}`,
  });
  assert.match(String(rest['ssh-public-key-fingerprint']), /^SHA256:[A-Za-z0-9+/]{43}$/);
  const [written, read] = lines.filter((line) => line['activity-type'] === 'CLOSE');
  assert.deepEqual([written?.path, written?.['bytes-in']], ['/in/new/a.txt', '5']);
  assert.deepEqual([read?.path, read?.['bytes-out']], ['/in/new/a.txt', '5']);
  const opened = lines.find((line) => line['activity-type'] === 'OPEN');
  assert.equal(opened?.mode, 'CREATE|TRUNCATE|WRITE');
});

test('the log says why a session has ended', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  await (await world.login()).end();
  await world.login();
  await world.client.stopServer({ ServerId: world.sftp.id });
  const reasons = await eventually('both sessions have ended', async () => {
    const ended = (await world.log('alice.')).filter((line) => line['activity-type'] === 'DISCONNECTED');
    return ended.length === 2 ? ended.map(({ message }) => message).sort() : undefined;
  });
  assert.deepEqual(reasons, ['closed by the client', 'the server stops']);
});

/** Logs in with these algorithms alone. */
const offering = (world: SftpWorld, algorithms: Algorithms) => world.login({ algorithms });

test('what is negotiated is within the security policy, also after it has changed', async (t) => {
  const world = await SftpWorld.open(t, {}, { SecurityPolicyName: 'TransferSecurityPolicy-2024-01' });
  await world.createUser();
  const old: Algorithms = { cipher: ['chacha20-poly1305@openssh.com'] };
  const oldKex: Algorithms = { kex: ['diffie-hellman-group14-sha256'] };
  for (const algorithms of [old, oldKex]) {
    await assert.rejects(offering(world, algorithms), /no matching/);
  }
  const { SecurityPolicy: policy } = await world.client.describeSecurityPolicy({
    SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  });
  const session = await world.login();
  await session.end();
  const connected = (await world.logged('CONNECTED', 'alice.'))[0];
  assert.ok(policy?.SshKexs?.includes(String(connected?.kex)), String(connected?.kex));
  for (const cipher of String(connected?.ciphers).split(','))
    assert.ok(policy?.SshCiphers?.includes(cipher), cipher);
  const update = { ServerId: world.sftp.id, SecurityPolicyName: 'TransferSecurityPolicy-2018-11' };
  await world.client.updateServer(update);
  for (const algorithms of [old, oldKex]) {
    await eventually('the old policy holds', () => offering(world, algorithms).catch(() => undefined));
  }
});

test('a banner is shown before the login', async (t) => {
  const world = await SftpWorld.open(t, {}, { PreAuthenticationLoginBanner: 'Only for partners.\n' });
  await world.createUser();
  const banners: string[] = [];
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.on('banner', (text) => banners.push(text)).once('ready', resolve);
  client.once('error', reject);
  const { host, port } = world.sftp;
  client.connect({ host, port, username: 'alice', privateKey: keyPair('ed25519').private });
  t.after(() => client.destroy());
  await promise;
  assert.deepEqual(
    banners.map((text) => text.trim()),
    ['Only for partners.'],
  );
});

/** Keys that the server shows to a client that knows only that type. */
async function shownHostKey(world: SftpWorld, type: 'ssh-ed25519' | 'ecdsa-sha2-nistp256'): Promise<string> {
  let shown = '';
  const session = await world.login({
    algorithms: { serverHostKey: [type] },
    hostVerifier: (key: Buffer) => {
      shown = key.toString('base64');
      return true;
    },
  });
  await session.end();
  return shown;
}

test('a host key that is imported is shown to who comes next', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const first = await shownHostKey(world, 'ssh-ed25519');
  const ServerId = world.sftp.id;
  await assert.rejects(shownHostKey(world, 'ecdsa-sha2-nistp256'), /no matching/);
  await world.client.importHostKey({ ServerId, HostKeyBody: HOST_KEYS.ecdsa });
  const other = await eventually('the other type is shown', () =>
    shownHostKey(world, 'ecdsa-sha2-nistp256').catch(() => undefined),
  );
  assert.notEqual(other, '');
  const newer = keyPair('ed25519');
  const { HostKeyId = '' } = await world.client.importHostKey({ ServerId, HostKeyBody: newer.private });
  await eventually('the newer one is shown', async () =>
    (await shownHostKey(world, 'ssh-ed25519')) === newer.public.split(' ')[1] ? true : undefined,
  );
  await world.client.deleteHostKey({ ServerId, HostKeyId });
  await eventually('the older one is shown again', async () =>
    (await shownHostKey(world, 'ssh-ed25519')) === first ? true : undefined,
  );
});

const stateOf = async ({ client }: SftpWorld, ServerId: string): Promise<string | undefined> =>
  (await client.describeServer({ ServerId })).Server?.State;

const whenState = (world: SftpWorld, id: string, wanted: string): Promise<true> =>
  eventually(`${id} is ${wanted}`, async () => ((await stateOf(world, id)) === wanted ? true : undefined));

test('a server that is stopped ends its sessions; started again, it serves', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const session = await world.login();
  await session.put('a.txt', 'hello');
  const ServerId = world.sftp.id;
  await world.client.stopServer({ ServerId });
  await session.closed;
  await whenState(world, ServerId, 'OFFLINE');
  await assert.rejects(world.login(), /ECONNREFUSED/);
  await world.client.startServer({ ServerId });
  const again = await world.online(ServerId);
  assert.equal(String(await (await world.login({}, again)).get('a.txt')), 'hello');
  const last = await world.login({}, again);
  await world.client.deleteServer({ ServerId });
  await last.closed;
  await assert.rejects(world.login({}, again), /ECONNREFUSED/);
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function openWithOnePort(t: TestContext): Promise<SftpWorld> {
  const port = await freePort();
  const sftp = { host: '127.0.0.1', ports: { first: port, last: port } };
  const world = await SftpWorld.open(t, { settings: { sftp }, isKept: true }, { Tags: undefined });
  assert.equal(world.sftp.port, port);
  return world;
}

test('no port is left: START_FAILED, until there is one', async (t) => {
  const world = await openWithOnePort(t);
  const other = { HostKey: HOST_KEYS.ecdsa };
  const { ServerId: late = '' } = await world.client.createServer(other);
  await whenState(world, late, 'START_FAILED');
  const sameAddress = [{ Key: 'orrery:listen', Value: `127.0.0.1:${world.sftp.port}` }];
  const { ServerId: clash = '' } = await world.client.createServer({ ...other, Tags: sameAddress });
  await whenState(world, clash, 'START_FAILED');
  const refused = `Server ${clash} could not be started: listen EADDRINUSE: address already in use`;
  assert.deepEqual(world.server.warnings, [
    `Server ${late} could not be started: every port of the configured range is taken`,
    `${refused} 127.0.0.1:${world.sftp.port}`,
  ]);
  await world.createUser();
  await (await world.login()).end();
  await world.client.deleteServer({ ServerId: world.sftp.id });
  await eventually('the port is free', async () => {
    await world.client.startServer({ ServerId: late });
    const state = await stateOf(world, late);
    return state === 'ONLINE' ? true : undefined;
  });
});

test('a process that is started again listens where it did; who was stopped stays so', async (t) => {
  const world = await openWithOnePort(t);
  await world.createUser();
  const session = await world.login();
  await session.put('a.txt', 'hello');
  const stopped: SftpPlace = await world.createServer();
  await world.client.stopServer({ ServerId: stopped.id });
  await whenState(world, stopped.id, 'OFFLINE');
  await world.restart();
  await session.closed;
  const again = await world.online(world.sftp.id);
  assert.equal(again.port, world.sftp.port);
  assert.equal(await stateOf(world, stopped.id), 'OFFLINE');
  assert.equal(String(await (await world.login()).get('a.txt')), 'hello');
  const { Server: server } = await world.client.describeServer({ ServerId: again.id });
  assert.equal(server?.LoggingRole, LOGGING_ROLE);
});

test('nothing but SFTP is served', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const { host, port } = world.sftp;
  const client = await connectSsh({ host, port, username: 'alice', privateKey: keyPair('ed25519').private });
  t.after(() => client.destroy());
  const outcome = (send: (reply: (error?: Error | null) => void) => unknown): Promise<string | undefined> =>
    new Promise((resolve) => send((error) => resolve(error?.message)));
  assert.match((await outcome((reply) => client.shell(reply))) ?? '', /Unable|refused|not/i);
  assert.match((await outcome((reply) => client.exec('id', reply))) ?? '', /Unable|refused|not/i);
  assert.match((await outcome((reply) => client.forwardOut('127.0.0.1', 1, host, port, reply))) ?? '', /./);
  assert.match(
    (await outcome((reply) => client.forwardIn('127.0.0.1', 0, reply))) ?? '',
    /Unable|refused|not/i,
  );
});
