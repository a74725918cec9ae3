import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type RawConnection, type RawResponse, requestText } from '../support/raw-http.ts';
import { FORM, form, HOST, query, type Sent, startTinyRpc } from '../support/tiny-rpc.ts';
import { callText, STANDING_CLOCK, startTinyServer, tinyApi } from '../support/tiny-server.ts';

/** An answer without what differs between any two. */
function comparable({ status, headers, body }: RawResponse) {
  const differs = new Set(['date', 'x-amzn-requestid']);
  return { status, headers: new Map([...headers].filter(([name]) => !differs.has(name))), body };
}

/** A header that only Node's parser takes, which then keeps the connection for good. */
const NOT_PLAIN = { te: '' };

async function toSlowLane(connection: RawConnection): Promise<void> {
  connection.send(callText('Echo', '{"text":"x"}', { headers: NOT_PLAIN }));
  await connection.receive();
}

const withHeaders = (text: string, count: number): string =>
  text.replace('\r\n\r\n', `\r\n${Array.from({ length: count }, (_, n) => `h${n}:\r\n`).join('')}\r\n`);

const CALLS: Readonly<Record<string, string | Buffer>> = {
  'an answer': callText('Echo', '{"text":"x"}'),
  'an answer that is not ASCII': callText('Echo', '{"text":"grüß 你好 😀"}'),
  'a refusal': callText('Echo', '{"text":""}'),
  'an unknown operation': callText('Nothing', '{}'),
  'no operation': callText('', '{}'),
  'a body that is no JSON': callText('Echo', '{'),
  'a body that is no UTF-8': Buffer.from(callText('Echo', '{"text":"x"}').replace('"x"', '"\xff"'), 'latin1'),
  'a wrong signature': callText('Echo', '{"text":"x"}').replace('"x"', '"y"'),
  'no signature': callText('Echo', '{"text":"x"}').replace(/authorization: .*\r\n/, ''),
  'a connection that a proxy wants closed': callText('Echo', '{"text":"x"}', {
    headers: { 'proxy-connection': 'close' },
  }),
  'very many headers': withHeaders(callText('Echo', '{"text":"x"}'), 1500),
};

for (const [name, bytes] of Object.entries(CALLS)) {
  test(`both lanes answer alike: ${name}`, async (t) => {
    const server = await startTinyServer(t);
    const fast = await server.connect();
    const slow = await server.connect();
    await toSlowLane(slow);
    fast.socket.write(bytes);
    slow.socket.write(bytes);
    assert.deepEqual(comparable(await fast.receive()), comparable(await slow.receive()));
  });
}

/** A read without a body has no length either. */
const rpcText = ({ method = 'POST', path = '/', headers = {}, body = '' }: Sent, more = {}): string => {
  const text = requestText(method, path, { headers: { host: HOST, ...headers, ...more }, body });
  return method === 'GET' ? text.replace('content-length: 0\r\n', '') : text;
};

const RPC_CALLS: Readonly<Record<string, Sent>> = {
  'an answer to a form': form('Echo', { Text: 'grüße' }),
  'an answer to a query': query('Echo', { Text: 'grüße' }),
  'a refusal': form('Echo', { Text: '' }),
  'an unknown action': query('Nothing', {}),
  'a form for nobody': { headers: { 'content-type': FORM }, body: 'a=b' },
  'no path of an API': { method: 'GET', path: '/?a=b' },
  'a body beyond what the protocol allows': {
    ...query('Echo', {}),
    method: 'POST',
    body: 'x'.repeat(1_048_577),
  },
};

for (const [name, call] of Object.entries(RPC_CALLS)) {
  test(`both lanes answer Alibaba's requests alike: ${name}`, async (t) => {
    const answers: unknown[] = [];
    for (const headers of [{}, NOT_PLAIN]) {
      // A signature is good once for each server.
      const connection = await (await startTinyRpc(t)).connect();
      connection.send(rpcText(call, headers));
      answers.push(comparable(await connection.receive()));
    }
    assert.deepEqual(answers[0], answers[1]);
  });
}

test('requests sent together are answered in their order, also when one of them is not plain', async (t) => {
  const server = await startTinyServer(t);
  const connection = await server.connect();
  const plain = (text: string): string => callText('Echo', JSON.stringify({ text }));
  connection.send(plain('1') + plain('2') + callText('Echo', '{"text":"3"}', { headers: NOT_PLAIN }));
  connection.send(plain('4'));
  for (const text of ['1', '2', '3', '4'])
    assert.equal((await connection.receive()).body, JSON.stringify({ text }));
});

test('a client that takes no answers is not served on and on', async (t) => {
  let served = 0;
  const large = 'x'.repeat(600_000);
  const api = tinyApi({
    Echo: async () => {
      served++;
      return { text: large };
    },
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.socket.pause();
  const requests = 100;
  connection.send(callText('Echo', '{"text":"x"}').repeat(requests));
  await server.call('Nothing', '{}');
  for (let last = -1; last !== served; await server.call('Nothing', '{}')) last = served;
  assert.ok(served < requests, `${served} answers were made for a client that reads none`);
  connection.socket.resume();
  for (let request = 0; request < requests; request++) await connection.receive();
  assert.equal(served, requests);
});

const LANES: Readonly<Record<string, string>> = {
  fast: callText('Echo', '{"text":"x"}'),
  slow: callText('Echo', '{"text":"x"}', { headers: NOT_PLAIN }),
};

for (const [lane, text] of Object.entries(LANES)) {
  test(`a large answer arrives whole when the server stops meanwhile: ${lane} lane`, async (t) => {
    const large = 'x'.repeat(20_000_000);
    const entered = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const api = tinyApi({
      Echo: async () => {
        entered.resolve();
        await go.promise;
        return { text: large };
      },
    });
    const server = await startTinyServer(t, { api });
    const connection = await server.connect();
    connection.socket.pause();
    connection.send(text + callText('Echo', '{"text":"never"}'));
    await entered.promise;
    const stopped = server.listening.stop();
    // The server first closes what is idle, and Node counts an answer that is still on its way as idle.
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    go.resolve();
    connection.socket.resume();
    const { headers, body } = await connection.receive();
    assert.deepEqual([headers.get('connection'), body.length], ['close', large.length + 11]);
    assert.equal(await connection.closed(), '');
    await stopped;
  });
}

test('a client that takes its answer after the stop has begun is not waited for longer', {
  timeout: 20_000,
}, async (t) => {
  const api = tinyApi({ Echo: async () => ({ text: 'x'.repeat(20_000_000) }) });
  const limits = { 'server.keepAliveMilliseconds': 0 };
  const server = await startTinyServer(t, {
    api,
    limits,
    clock: { ...STANDING_CLOCK, at: () => () => undefined },
  });
  const connection = await server.connect();
  connection.send(callText('Echo', '{"text":"x"}'));
  await once(connection.socket, 'data');
  connection.socket.pause();
  const stopped = server.listening.stop();
  connection.socket.resume();
  await connection.receive();
  await stopped;
  assert.equal(await connection.closed(), '');
});

test('a request that comes in many pieces while another one waits is answered after it', async (t) => {
  const entered = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const api = tinyApi({
    Wait: async () => {
      entered.resolve();
      await go.promise;
      return {};
    },
    Echo: async ({ text }) => ({ text }),
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.socket.setNoDelay(true);
  connection.send(callText('Wait', '{"text":"x"}'));
  await entered.promise;
  for (const piece of callText('Echo', '{"text":"hello"}').match(/.{1,7}/gs) ?? []) {
    connection.send(piece);
    await setImmediate();
  }
  go.resolve();
  assert.equal((await connection.receive()).body, '{}');
  assert.equal((await connection.receive()).body, '{"text":"hello"}');
});

test('a client that closes its side has left', async (t) => {
  const aborted = Promise.withResolvers<void>();
  const api = tinyApi({
    Wait: async (_input, { signal }) => {
      await once(signal, 'abort');
      aborted.resolve();
      return {};
    },
  });
  const server = await startTinyServer(t, { api });
  const connection = await server.connect();
  connection.socket.end(callText('Wait', '{"text":"x"}'));
  await aborted.promise;
  assert.equal(await connection.closed(), '');
});

test('a connection that sends nothing is closed, and so is one that is idle', async (t) => {
  const limits = { 'server.headerMilliseconds': 50, 'server.keepAliveMilliseconds': 50 };
  const server = await startTinyServer(t, { limits });
  const silent = await server.connect();
  const idle = await server.connect();
  idle.send(callText('Echo', '{"text":"x"}'));
  await idle.receive();
  assert.deepEqual([await silent.closed(), await idle.closed()], ['', '']);
});
