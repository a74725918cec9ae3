import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { addHostKey } from '../../../src/apis/transfer/resources/host-keys.ts';
import { readHostKey, sealedHostKey } from '../../../src/apis/transfer/resources/new-host-key.ts';
import { addServer, changeServer } from '../../../src/apis/transfer/resources/servers.ts';
import { SftpListeners } from '../../../src/apis/transfer/sessions/listeners.ts';
import { HOST_KEYS } from '../../sdk/transfer/transfer-client.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { openTestTransfer, startedServer } from './open-test-transfer.ts';

const world = { account: '123456789012', region: 'us-east-1' };
const KEY = { ...world, id: 's-1' };

const SERVER = startedServer(KEY.id);

/** Listeners over servers that count how often they were opened and ended. */
async function open(context: TestContext, end = async (): Promise<void> => undefined) {
  const clock = createFixedClock();
  const transfer = await openTestTransfer(context, clock);
  const happened: string[] = [];
  const listeners = new SftpListeners({
    transfer: () => transfer,
    listen: async ({ host, port }) => {
      happened.push('open');
      const stop = async (): Promise<void> => {
        happened.push('end');
        await end();
      };
      return { host, port, configure: () => undefined, stop };
    },
    report: (error) => {
      throw error;
    },
    warn: assert.fail,
  });
  addServer(transfer, world, SERVER);
  const key = readHostKey(HOST_KEYS.ed25519);
  addHostKey(transfer, world, sealedHostKey(transfer, world, { serverId: KEY.id, key, tags: [] }));
  /** As StartServer and StopServer do. */
  const turn = (isStarted: boolean): void => {
    changeServer(transfer, world, { ...SERVER, isStarted });
    listeners.follow(KEY);
  };
  await listeners.resume();
  assert.equal(listeners.stateOf(KEY.id), 'ONLINE');
  /** As TagResource does before a start. */
  const listenOn = (address: string): void => {
    const Tags = [{ Key: 'orrery:listen', Value: address }];
    changeServer(transfer, world, { ...SERVER, Tags });
    listeners.follow(KEY);
  };
  return { clock, listeners, turn, listenOn, happened };
}

test('a server that is stopped and started at once is online', async (context) => {
  const { listeners, turn } = await open(context);
  turn(false);
  assert.equal(listeners.stateOf(KEY.id), 'STOPPING');
  turn(true);
  await listeners.resume();
  assert.equal(listeners.stateOf(KEY.id), 'ONLINE');
});

test('a server that is started and stopped at once is offline', async (context) => {
  const { listeners, turn, happened } = await open(context);
  turn(false);
  await listeners.resume();
  turn(true);
  assert.equal(listeners.stateOf(KEY.id), 'STARTING');
  turn(false);
  await listeners.resume();
  assert.equal(listeners.stateOf(KEY.id), 'OFFLINE');
  assert.deepEqual(happened, ['open', 'end']);
});

test('an address of IPv6 is shown as it is set', async (context) => {
  const { listeners, turn, listenOn } = await open(context);
  turn(false);
  await listeners.resume();
  listenOn('[::1]:2222');
  await listeners.resume();
  assert.equal(listeners.addressOf(KEY.id), '[::1]:2222');
});

test('sessions whose storage does not answer keep nobody from ending', async (context) => {
  const { clock, listeners, happened } = await open(context, () => new Promise(() => undefined));
  const stopped = listeners.stop();
  clock.advance(5_000);
  await stopped;
  assert.deepEqual(happened, ['open', 'end']);
});

test('the end waits for what sessions leave unfinished', async (context) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, listeners, happened } = await open(context, () => promise);
  const stopped = listeners.stop().then(() => happened.push('stopped'));
  clock.advance(4_999);
  await setImmediate();
  assert.deepEqual(happened, ['open', 'end']);
  resolve();
  await stopped;
  assert.deepEqual(happened, ['open', 'end', 'stopped']);
});
