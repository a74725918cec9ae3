import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../../src/limits.ts';
import { requestText } from '../support/raw-http.ts';
import { callText, startTinyServer } from '../support/tiny-server.ts';

const target = { host: 'x', 'x-amz-target': 'TinyService.Echo' };

test('a request larger than the limit is refused before it is read', async (t) => {
  const server = await startTinyServer(t, { limits: { 'server.requestBytes': 2_000 } });
  const connection = await server.connect();
  connection.send(
    'POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: TinyService.Echo\r\ncontent-length: 2000\r\n\r\n',
  );
  const { status, headers, body } = await connection.receive();
  assert.equal(status, 413);
  assert.match(body, /#RequestEntityTooLarge"/);
  assert.equal(headers.get('connection'), 'close');
  assert.equal(await connection.closed(), '');
});

test('headers count towards the size of a request', async (t) => {
  const server = await startTinyServer(t, { limits: { 'server.requestBytes': 2_000 } });
  const text = 'x'.repeat(1_200);
  assert.equal((await server.call('Echo', JSON.stringify({ text }))).status, 200);
  const headers = { 'x-filler': 'y'.repeat(600) };
  assert.equal((await server.call('Echo', JSON.stringify({ text }), { headers })).status, 413);
});

test('a chunked request larger than the limit is refused', async (t) => {
  const server = await startTinyServer(t, { limits: { 'server.requestBytes': 2_000 } });
  const connection = await server.connect();
  connection.send(
    'POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: TinyService.Echo\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  for (let part = 0; part < 3; part++) connection.send(`320\r\n${'x'.repeat(800)}\r\n`);
  assert.equal((await connection.receive()).status, 413);
});

test('a megabyte less the headers is taken', async (t) => {
  const server = await startTinyServer(t);
  const body = JSON.stringify({ text: 'x'.repeat(599_000), other: 'y'.repeat(440_000) });
  assert.equal((await server.call('Echo', body)).status, 200);
});

test('headers that are too large get 431', async (t) => {
  const server = await startTinyServer(t, { limits: { 'server.headerBytes': 2_000 } });
  const connection = await server.connect();
  connection.send(
    requestText('POST', '/', { headers: { ...target, 'x-long': 'x'.repeat(3_000) }, body: '{}' }),
  );
  assert.equal((await connection.receive()).status, 431);
});

test('what is no HTTP gets 400', async (t) => {
  const server = await startTinyServer(t);
  const connection = await server.connect();
  connection.send('\u0016\u0003\u0001 hello\r\n\r\n');
  assert.equal((await connection.receive()).status, 400);
  assert.equal(await connection.closed(), '');
});

test('headers that come too slowly get 408', async (t) => {
  const server = await startTinyServer(t, {
    limits: { 'server.headerMilliseconds': 100, 'server.requestMilliseconds': 200 },
  });
  const connection = await server.connect();
  connection.send('POST / HTTP/1.1\r\nhost: x\r\n');
  assert.equal((await connection.receive()).status, 408);
  assert.equal(await connection.closed(), '');
});

test('a body that comes too slowly gets 408', async (t) => {
  const server = await startTinyServer(t, {
    limits: { 'server.headerMilliseconds': 100, 'server.requestMilliseconds': 100 },
  });
  const connection = await server.connect();
  connection.send(callText('Echo', '{"text":"x"}').slice(0, -3));
  assert.equal((await connection.receive()).status, 408);
});

test('a client that leaves in the middle of its body harms nobody', async (t) => {
  const server = await startTinyServer(t);
  const connection = await server.connect();
  connection.send(callText('Echo', '{"text":"x"}').slice(0, -3));
  connection.socket.destroy();
  await connection.closed();
  assert.equal((await server.call('Echo', '{"text":"x"}')).status, 200);
  assert.deepEqual(server.logged, []);
});

test('more connections than the limit are turned away', async (t) => {
  const server = await startTinyServer(t, { limits: { 'server.connections': 2 } });
  const first = await server.connect();
  first.send(callText('Echo', '{"text":"1"}'));
  await first.receive();
  const second = await server.connect();
  second.send(callText('Echo', '{"text":"2"}'));
  await second.receive();
  const third = await server.connect();
  assert.equal(await third.closed(), '');
  second.socket.destroy();
  first.send(callText('Echo', '{"text":"3"}'));
  assert.equal((await first.receive()).status, 200);
});

test('a thousand idle connections leave others their answers', async (t) => {
  const server = await startTinyServer(t);
  const idle = [];
  for (let count = 0; count < 1_000; count++) idle.push(await server.connect());
  assert.equal((await server.call('Echo', '{"text":"x"}')).status, 200);
  idle[999]?.send(callText('Echo', '{"text":"late"}'));
  assert.equal((await idle[999]?.receive())?.body, '{"text":"late"}');
});

test('0 is no limit', async (t) => {
  const limits = Object.fromEntries(
    LIMITS.filter(({ name }) => name.startsWith('server.')).map(({ name }) => [name, 0]),
  );
  const server = await startTinyServer(t, { limits });
  assert.equal((await server.call('Echo', JSON.stringify({ text: 'x'.repeat(2_000_000) }))).status, 200);
});
