import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createCaller, until } from '../support/caller.ts';
import { type OrderWorkflow, registerOrders, scheduleShip } from '../support/order-workflow.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { runCommand, useServer } from './run-command.ts';

/** Begins what moves a terminal's cursor or colours it; for a regular expression. */
const ESCAPE = '\u001b\\[';

/** Passes connections on to whichever port is named: an address that outlives a server. */
async function startRelay(port: number) {
  let target = port;
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const onward = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    turnTo: (next: number) => {
      target = next;
      for (const socket of sockets) socket.destroy();
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
    },
  };
}

describe('orrery watch', () => {
  let server: TestServer;
  let orders: OrderWorkflow;

  before(async () => {
    server = await startServer();
    orders = await registerOrders(createCaller(server));
  });
  after(() => server.stop());
  beforeEach(() => useServer(server.endpoint, server.credentials));

  it('prints a line per event, and ends with 0 when the execution succeeds', async () => {
    const watching = runCommand(['watch', await orders.start('order-1')]);
    await until(() => watching.stdout.includes('waiting: '), 'it tells what is waited for');
    assert.match(watching.stdout, /^waiting: no poller on decision task list orders-list for \d+ s$/m);
    await orders.complete();
    assert.equal(await watching.code, 0);
    const events = [...watching.stdout.matchAll(/^\S+ \S+Z +(\d+) {2}(\w+)/gm)].map(
      ([, id, type]) => `${id} ${type}`,
    );
    assert.deepEqual(events, [
      '1 WorkflowExecutionStarted',
      '2 DecisionTaskScheduled',
      '3 DecisionTaskStarted',
      '4 DecisionTaskCompleted',
      '5 WorkflowExecutionCompleted',
    ]);
    assert.match(watching.stdout, /\nsucceeded after \d+ s: order-1 \(Order\/1\.0\)\n$/);
  });

  it('aligns what it prints line by line', async () => {
    const watching = runCommand(['watch', await orders.start('order-6')]);
    await until(() => watching.stdout !== '', 'it begins');
    await orders.decide(await orders.pollDecision(), scheduleShip('ship'));
    await orders.terminate('order-6');
    await watching.code;
    const attributes = watching.stdout
      .split('\n')
      .filter((line) => /^\d{4}-\S+ \S+Z +\d+ {2}\w+ +\S/.test(line))
      .map((line) => /^(\S+ \S+ +\d+ {2}\w+ +)\S/.exec(line)?.[1]?.length);
    assert.ok(attributes.length >= 4, watching.stdout);
    assert.deepEqual([...new Set(attributes)].length, 1, watching.stdout);
  });

  it('ends with 3 when it ends otherwise, and says why', async () => {
    const watching = runCommand(['watch', await orders.start('order-2')]);
    await until(() => watching.stdout !== '', 'it begins');
    await orders.terminate('order-2');
    assert.equal(await watching.code, 3);
    assert.match(
      watching.stdout,
      /\nterminated after \d+ s: order-2 \(Order\/1\.0\): OPERATOR_INITIATED: enough\n$/,
    );
  });

  it('prints a record per change with --json', async () => {
    const watching = runCommand(['watch', await orders.start('order-3'), '--json']);
    await until(() => watching.stdout !== '', 'it begins');
    await orders.terminate('order-3');
    await watching.code;
    const records = watching.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      records.map(({ version, status }) => [version, status]),
      [
        [1, 'running'],
        [2, 'terminated'],
      ],
    );
  });

  it('draws in place on a terminal, never wider than it', async () => {
    const watching = runCommand(['watch', await orders.start('order-4')], { columns: 50 });
    await until(() => watching.stdout.includes('waiting: no poller'), 'it begins');
    await orders.decide(await orders.pollDecision(), scheduleShip('ship'));
    await until(() => watching.stdout.includes('waiting: activity ship'), 'it goes on');
    await orders.terminate('order-4');
    assert.equal(await watching.code, 3);
    const pictures = watching.stdout.split(new RegExp(`${ESCAPE}\\d+A${ESCAPE}J`));
    assert.ok(pictures.length >= 3);
    for (const [at, [, up]] of [
      ...watching.stdout.matchAll(new RegExp(`${ESCAPE}(\\d+)A${ESCAPE}J`, 'g')),
    ].entries()) {
      assert.equal(Number(up), String(pictures[at]).split('\n').length - 1, 'goes up as far as it has drawn');
    }
    for (const line of pictures.join('').split('\n'))
      assert.ok(line.replaceAll(new RegExp(`${ESCAPE}\\d*m`, 'g'), '').length <= 50, `too wide: ${line}`);
    const last = String(pictures.at(-1));
    assert.ok(last.startsWith('\u001b[31mterminated\u001b[0m after '), last);
    assert.match(last, /\n {2}\d\d:\d\d:\d\d {5}6 {2}WorkflowExecutionTerminated/);
    assert.doesNotMatch(last, /waiting/);
  });

  it('fails at once for an execution that nobody knows', async () => {
    const watching = runCommand(['watch', 'nothing']);
    assert.equal(await watching.code, 1);
    assert.equal(watching.stderr, 'orrery: There is no execution nothing\n');
  });

  it('goes on after the server was started anew', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await startServer({ dataDirectory: directory.path });
    const relay = await startRelay(first.port);
    useServer(relay.endpoint, first.credentials);
    const id = await (await registerOrders(createCaller(first))).start('order-5');
    const watching = runCommand(['watch', id]);
    await until(() => watching.stdout.includes('waiting: '), 'it begins');
    await first.stop();
    await until(() => watching.stderr !== '', 'it notices');
    const second = await startServer({ dataDirectory: directory.path });
    relay.turnTo(second.port);
    await createCaller(second).swf('TerminateWorkflowExecution', { domain: 'orders', workflowId: 'order-5' });
    assert.equal(await watching.code, 3);
    assert.match(watching.stderr, /^orrery: cannot reach .*; trying again\n/);
    assert.match(watching.stdout, /3 {2}WorkflowExecutionTerminated.*\nterminated after/);
    relay.stop();
    await second.stop();
    await directory.remove();
  });
});
