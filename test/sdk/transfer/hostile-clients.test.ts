import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { ssh2 } from '../../../src/sftp/ssh/ssh2.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { eventually, outcomeOf, SftpWorld } from '../../support/sftp-world.ts';
import { tag } from '../../support/workflow-steps.ts';

const MANY = 200;

async function openSocket({ sftp: { host, port } }: SftpWorld): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('who guesses passwords gets a few attempts on each connection, and the provider is asked no more', async (t) => {
  let asked = 0;
  const callFunction = async () => {
    asked += 1;
    return '{}';
  };
  const identify = 'arn:aws:lambda:us-east-1:123456789012:function:identify';
  const identifying = {
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: identify },
  } as const;
  const world = await SftpWorld.open(t, { callFunction }, identifying);
  const { host, port } = world.sftp;
  let guesses = 0;
  const client = new ssh2.Client();
  client.on('error', () => {});
  const closed = once(client, 'close');
  client.connect({
    host,
    port,
    username: 'alice',
    authHandler: (_left, _isPartial, next) =>
      next({ type: 'password', username: 'alice', password: `guess ${guesses++}` }),
  });
  await closed;
  assert.equal(asked, 6);
  const lines = await world.logged('AUTH_FAILURE', 'ERRORS');
  const failures = lines.filter((line) => line['activity-type'] === 'AUTH_FAILURE');
  assert.ok(failures.length >= 1 && failures.length <= 7, String(failures.length));
  assert.doesNotMatch(JSON.stringify(await world.log('')), /guess \d/);
});

test('connections that never log in keep nobody out, and end', async (t) => {
  const clock = createFixedClock();
  const world = await SftpWorld.open(t, { clock });
  await world.createUser();
  const sockets = await Promise.all(Array.from({ length: MANY }, () => openSocket(world)));
  const ends = sockets.map((socket) => once(socket, 'close'));
  for (const socket of sockets) socket.resume();
  const session = await world.login();
  await session.put('a.txt', 'hello');
  clock.advance(120_000);
  await Promise.all(ends);
  assert.equal(String(await session.get('a.txt')), 'hello', 'who is in stays in');
});

test('sessions that do nothing end after a while', async (t) => {
  const clock = createFixedClock();
  const world = await SftpWorld.open(t, { clock, limits: { 'transfer.unresponsiveSeconds': 0 } });
  await world.createUser();
  const sessions = await Promise.all(Array.from({ length: 20 }, () => world.login()));
  const [busy, ...idle] = sessions;
  clock.advance(1_000_000);
  await busy?.put('a.txt', 'hello');
  clock.advance(900_000);
  await Promise.all(idle.map(({ closed }) => closed));
  assert.equal(String(await busy?.get('a.txt')), 'hello');
});

test('more sessions than a server may have are turned away', async (t) => {
  const world = await SftpWorld.open(t, { limits: { 'transfer.sessions': 3 } });
  await world.createUser();
  const sessions = [await world.login(), await world.login(), await world.login()];
  await assert.rejects(world.login());
  await world.logged('CONNECTION_REJECTED');
  await sessions[0]?.end();
  await eventually('there is room again', () => world.login().catch(() => undefined));
});

/** Everything of a world with a workflow for what is cut off. */
async function openPartial(...given: Parameters<typeof SftpWorld.open>) {
  const world = await SftpWorld.open(...given);
  await world.createUser();
  const id = await world.use([tag({ partial: '1' })], { on: 'OnPartialUpload' });
  return { world, id };
}

test('many clients that are gone in the middle of their files', async (t) => {
  const { world, id } = await openPartial(t);
  const names = Array.from({ length: 20 }, (_, at) => `${at}.bin`);
  const sessions = await Promise.all(
    names.map(async (name) => {
      const session = await world.login();
      const handle = await session.open(name, 'w');
      await session.write(handle, Buffer.alloc(100_000, name));
      return session;
    }),
  );
  for (const session of sessions) session.vanish();
  const executions = await world.ended(id, names.length);
  assert.deepEqual(new Set(executions.map(({ Status }) => Status)), new Set(['COMPLETED']));
  const keys = executions.map(({ InitialFileLocation: at }) => at?.S3FileLocation?.Key ?? '');
  assert.deepEqual(keys.sort(), names.sort());
  assert.deepEqual(readdirSync(join(world.data, 'buckets/in/.orrery/uploads')), []);
});

test('a client that falls silent in the middle of its file is given up', async (t) => {
  const clock = createFixedClock();
  const { world, id } = await openPartial(t, { clock });
  const socket = await openSocket(world);
  const session = await world.login({ sock: socket });
  const handle = await session.open('a.bin', 'w');
  await session.write(handle, Buffer.alloc(100_000, 'x'));
  socket.pause();
  const passing = setInterval(() => clock.advance(10_000), 2);
  t.after(() => clearInterval(passing));
  const [execution] = await world.ended(id);
  assert.equal(outcomeOf(execution).Status, 'COMPLETED');
  assert.equal(execution?.InitialFileLocation?.S3FileLocation?.Key, 'a.bin');
  socket.destroy();
});

test('what is no SSH ends its own connection and nothing else', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const session = await world.login();
  for (const bytes of [
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    Buffer.from('SSH-2.0-x\r\n\xff\xff\xff\xff', 'latin1'),
    Buffer.alloc(300_000, 'x'),
  ]) {
    const socket = await openSocket(world);
    socket.resume();
    const closed = once(socket, 'close');
    socket.write(bytes);
    await closed;
  }
  assert.deepEqual(await session.list('.'), []);
});
