import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { callFunctions } from '../support/call-functions.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const node = (script: string, folder = import.meta.dirname) =>
  ({ kind: 'command', command: [process.execPath, '-e', script], folder }) as const;

const READ = `let text = ''; process.stdin.on('data', (chunk) => { text += chunk; });`;

/** Ports of this server tell when a process that is connected has ended. */
async function listenForProcess(test: TestContext): Promise<{ port: number; connected: Promise<Socket> }> {
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    connected.resolve(socket.resume());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, connected: connected.promise };
}

const connectForever = (port: number): string =>
  `require('node:net').connect(${port}, '127.0.0.1'); setInterval(() => {}, 1000);`;

describe('a function that is a command', () => {
  it('reads the event and writes its answer, in its folder, told its name and call', async (test) => {
    const { path } = await makeTemporaryDirectory(test);
    writeFileSync(join(path, 'add.js'), 'module.exports = (list) => list.reduce((a, b) => a + b, 0);');
    const script = `${READ} process.stdin.on('end', () => console.log(JSON.stringify({
      sum: require('./add.js')(JSON.parse(text)),
      name: process.env.ORRERY_FUNCTION_NAME,
      key: process.env.ORRERY_IDEMPOTENCY_KEY,
    })));`;
    const functions = callFunctions(test, { add: node(script, path) });
    assert.deepEqual(await functions.call('add', [1, 2, 39]), { sum: 42, name: 'add', key: 'key-1' });
  });

  it('does not see the settings of the server', async (test) => {
    process.env.ORRERY_SECRET_ACCESS_KEY = 'not for functions';
    process.env.FOR_EVERYBODY = 'yes';
    test.after(() => {
      delete process.env.ORRERY_SECRET_ACCESS_KEY;
      delete process.env.FOR_EVERYBODY;
    });
    const script =
      'console.log(JSON.stringify([process.env.ORRERY_SECRET_ACCESS_KEY, process.env.FOR_EVERYBODY]))';
    assert.deepEqual(await callFunctions(test, { env: node(script) }).call('env'), [null, 'yes']);
  });

  it('need not read its event, however large, nor write anything', async (test) => {
    const functions = callFunctions(test, { deaf: node('process.stdin.destroy()') });
    assert.equal(await functions.call('deaf', 'x'.repeat(500_000)), null);
  });

  it('fails with the end of what it wrote to standard error', async (test) => {
    const script = `process.stderr.write('a'.repeat(10_000) + 'out of stock'); process.exitCode = 3;`;
    const functions = callFunctions(test, { stock: node(script) });
    const { kind, payload } = await functions.failure('stock');
    assert.equal(kind, 'Handled');
    assert.equal(payload.errorType, 'ExitCode');
    assert.match(String(payload.errorMessage), /ended with exit code 3$/);
    assert.match(String(payload.stderr), /^a+out of stock$/);
    assert.equal(String(payload.stderr).length, 4096);
  });

  it('is heard on standard error also when it succeeds', async (test) => {
    const functions = callFunctions(test, { chatty: node(`console.error('almost'); console.log('1');`) });
    assert.equal(await functions.call('chatty'), 1);
    assert.deepEqual(await functions.firstPrinted, ['chatty', 'almost']);
  });

  it('is not to blame when it is killed or cannot be started', async (test) => {
    const missing = { kind: 'command', command: ['/no/such/program'], folder: '/' } as const;
    const functions = callFunctions(test, { killed: node(`process.kill(process.pid, 'SIGTERM')`), missing });
    const killed = await functions.failure('killed');
    assert.deepEqual([killed.kind, killed.payload.errorType], ['Unhandled', 'Signal']);
    const unknown = await functions.failure('missing');
    assert.deepEqual([unknown.kind, unknown.payload.errorType], ['Unhandled', 'ENOENT']);
  });

  it('is stopped when it answers more than allowed, or no JSON', async (test) => {
    const script = `const write = () => process.stdout.write('1'.repeat(1000), write); write();`;
    const configs = { endless: node(script), prose: node(`console.log('well, yes')`) };
    const functions = callFunctions(test, configs, { answerBytes: 10_000 });
    assert.equal((await functions.failure('endless')).payload.errorType, 'AnswerTooLarge');
    assert.equal((await functions.failure('prose')).payload.errorType, 'InvalidAnswer');
  });

  it('is killed with all its processes when the call is aborted', async (test) => {
    const { port, connected } = await listenForProcess(test);
    const script = `require('node:child_process').spawn(process.execPath,
      ['-e', ${JSON.stringify(connectForever(port))}], { stdio: 'inherit' });`;
    const controller = new AbortController();
    const functions = callFunctions(test, { tree: node(script) });
    const called = functions.call('tree', {}, controller.signal);
    const socket = await connected;
    controller.abort(new Error('enough'));
    await assert.rejects(called, { message: 'enough' });
    if (!socket.closed) await once(socket, 'close');
  });

  it('leaves no process behind that would keep its answer open', async (test) => {
    const { port, connected } = await listenForProcess(test);
    const script = `require('node:child_process').spawn(process.execPath,
      ['-e', ${JSON.stringify(`console.log('');${connectForever(port)}`)}], { stdio: ['ignore', 'inherit', 'pipe'] });
      ${READ} require('node:net').connect(${port}, '127.0.0.1', () => { console.log('"done"'); process.exit(); });`;
    assert.equal(await callFunctions(test, { daemon: node(script) }).call('daemon'), 'done');
    const socket = await connected;
    if (!socket.closed) await once(socket, 'close');
  });

  it('runs only so often at a time, the others in turn or not at all', async (test) => {
    const { path } = await makeTemporaryDirectory(test);
    const script = `const fs = require('node:fs');
      fs.mkdirSync('running');
      ${READ} process.stdin.on('end', () => { fs.rmdirSync('running'); console.log(text); });`;
    const functions = callFunctions(test, { alone: node(script, path) }, { concurrency: 1 });
    const given = [1, 2, 3, 4];
    assert.deepEqual(await Promise.all(given.map((event) => functions.call('alone', event))), given);

    const controller = new AbortController();
    const first = functions.call('alone', 'first');
    const second = functions.call('alone', 'second', controller.signal);
    controller.abort(new Error('tired of waiting'));
    await assert.rejects(second, { message: 'tired of waiting' });
    assert.equal(await first, 'first');
  });
});
