import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Call } from '../../src/apis/api.ts';
import { CallEnded } from '../../src/server/open-calls.ts';
import { callText, startTinyServer, tinyApi } from '../support/tiny-server.ts';

/** An operation that waits for its signal, and what the test can see of it. */
function waiting() {
  const begun = Promise.withResolvers<AbortSignal>();
  const ended = Promise.withResolvers<unknown>();
  const wait = async (_input: unknown, call: Call): Promise<object> => {
    const { signal } = call;
    begun.resolve(signal);
    if (!signal.aborted) await once(signal, 'abort');
    ended.resolve(signal.reason);
    return { taskToken: '' };
  };
  return {
    api: tinyApi({ Wait: wait, Echo: async ({ text }) => ({ text }) }),
    begun: begun.promise,
    ended: ended.promise,
  };
}

const because = (reason: unknown): unknown => (reason instanceof CallEnded ? reason.because : reason);

test('the signal aborts when the client leaves', async (t) => {
  const { api, begun, ended } = waiting();
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.send(callText('Wait', '{"text":"x"}'));
  assert.equal((await begun).aborted, false);
  connection.socket.destroy();
  assert.equal(because(await ended), 'client-left');
});

test('a signal read after the client has left is aborted already', async (t) => {
  const entered = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const seen = Promise.withResolvers<boolean>();
  const api = tinyApi({
    Late: async (_input, call) => {
      entered.resolve();
      await go.promise;
      seen.resolve(call.signal.aborted);
      return undefined;
    },
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.send(callText('Late', '{"text":"x"}'));
  await entered.promise;
  connection.socket.resetAndDestroy();
  await connection.closed();
  // The server has seen the reset once it has answered somebody who came after it.
  await server.call('Nothing', '{}');
  go.resolve();
  assert.equal(await seen.promise, true);
});

test('a finished call leaves its signal alone', async (t) => {
  let signal: AbortSignal | undefined;
  const api = tinyApi({
    Echo: async ({ text }, call) => {
      signal = call.signal;
      return { text };
    },
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.send(callText('Echo', '{"text":"x"}'));
  await connection.receive();
  connection.send(callText('Echo', '{"text":"y"}'));
  const [first] = [signal];
  await connection.receive();
  connection.socket.destroy();
  await server.listening.stop();
  assert.equal(first?.aborted, false);
});

test('a stop ends waiting calls with their empty answer and closes the connection', async (t) => {
  const { api, begun, ended } = waiting();
  const server = await startTinyServer(t, { api });
  const idle = await server.connect();
  const connection = await server.connect();
  connection.send(callText('Wait', '{"text":"x"}'));
  await begun;
  const stopped = server.listening.stop();
  const { status, headers, body } = await connection.receive();
  assert.deepEqual([status, headers.get('connection'), body], [200, 'close', '{"taskToken":""}']);
  assert.equal(because(await ended), 'stopping');
  await stopped;
  assert.equal(await idle.closed(), '');
  await assert.rejects(server.connect(), { code: 'ECONNREFUSED' });
});

test('a stop lets a running call finish', async (t) => {
  const entered = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const api = tinyApi({
    Work: async ({ text }) => {
      entered.resolve();
      await go.promise;
      return { text };
    },
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.send(callText('Work', '{"text":"done"}'));
  await entered.promise;
  const stopped = server.listening.stop();
  go.resolve();
  assert.equal((await connection.receive()).body, '{"text":"done"}');
  await stopped;
});

test('stopping twice is stopping once', async (t) => {
  const server = await startTinyServer(t);
  await Promise.all([server.listening.stop(), server.listening.stop()]);
});

test('a waiting call outlives the time that a request may take to arrive', async (t) => {
  const { api, begun } = waiting();
  const limits = {
    'server.headerMilliseconds': 100,
    'server.requestMilliseconds': 100,
    'server.keepAliveMilliseconds': 100,
  };
  const server = await startTinyServer(t, { api, limits });
  const connection = await server.connect();
  connection.send(callText('Wait', '{"text":"x"}'));
  const signal = await begun;
  for (let round = 0; round < 3; round++) {
    const slow = await server.connect();
    slow.send('POST / HTTP/1.1\r\n');
    assert.equal((await slow.receive()).status, 408);
  }
  assert.equal(signal.aborted, false);
  server.listening.stop();
  assert.equal((await connection.receive()).status, 200);
});
