import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Caller, createCaller } from '../support/caller.ts';
import { type OrderWorkflow, registerOrders, scheduleShip } from '../support/order-workflow.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { runCommand, type Terminal, useServer } from './run-command.ts';

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(given: readonly string[], terminal?: Terminal): Promise<Result> {
  const running = runCommand(given, terminal);
  const code = await running.code;
  return { code, stdout: running.stdout, stderr: running.stderr };
}

const ESCAPE = '\u001b[';
const columnsOf = (line: string): number =>
  line
    .split(ESCAPE)
    .map((part, at) => (at === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('').length;

describe('client commands', () => {
  let server: TestServer;
  let caller: Caller;
  let orders: OrderWorkflow;
  let open = '';
  let failed = '';

  before(async () => {
    server = await startServer();
    caller = createCaller(server);
    orders = await registerOrders(caller);
    failed = await orders.start('order-1', { input: 'line one\n\u001b[31mred' });
    await orders.decide(await orders.pollDecision(), {
      decisionType: 'FailWorkflowExecution',
      failWorkflowExecutionDecisionAttributes: { reason: 'NoStock', details: 'of boxes' },
    });
    open = await orders.start('order-2', { tagList: ['red', 'big'] });
    await orders.decide(await orders.pollDecision(), scheduleShip('ship'));
  });
  after(() => server.stop());
  beforeEach(() => useServer(server.endpoint, server.credentials));

  describe('executions', () => {
    it('prints an aligned table, newest first', async () => {
      const { code, stdout, stderr } = await run(['executions']);
      assert.deepEqual([code, stderr], [0, '']);
      const [head = '', first = '', second = '', ...rest] = stdout.split('\n');
      assert.deepEqual(rest, ['']);
      assert.match(head, /^ID +STATUS +NAME +TYPE +SCOPE +SYSTEM +STARTED +TOOK +REASON$/);
      assert.match(
        first,
        new RegExp(`^${open}  running  order-2  Order/1.0  orders  swf     .*Z  .*  activity ship`),
      );
      assert.match(second, / failed {3}order-1 {2}Order\/1\.0 .* NoStock: of boxes$/);
      for (const title of ['STATUS', 'NAME', 'TYPE', 'STARTED']) {
        const column = head.indexOf(title);
        for (const line of [first, second]) assert.match(line.slice(column - 2, column + 1), /^ {2}\S$/);
      }
    });

    it('says so when there is none', async () => {
      const { code, stdout, stderr } = await run(['executions', '--name', 'nothing']);
      assert.deepEqual([code, stdout, stderr], [0, '', 'orrery: no execution is like that\n']);
      const json = await run(['executions', '--name', 'nothing', '--json']);
      assert.deepEqual([json.stdout, json.stderr], ['{"executions":[]}\n', '']);
      const empty = await startServer();
      useServer(empty.endpoint, empty.credentials);
      assert.equal((await run(['executions'])).stderr, 'orrery: there are no executions\n');
      await empty.stop();
    });

    it('filters', async () => {
      const { stdout } = await run([
        'executions',
        '--status',
        'failed',
        '--scope',
        'orders',
        '--system',
        'swf',
      ]);
      assert.match(stdout, /order-1/);
      assert.doesNotMatch(stdout, /order-2/);
    });

    it('prints the records with --json, and goes on at a cursor', async () => {
      const first = await run(['executions', '--json', '--limit', '1']);
      const page = JSON.parse(first.stdout);
      assert.deepEqual(
        page.executions.map(({ id }: { id: string }) => id),
        [open],
      );
      const second = await run(['executions', '--json', '--cursor', page.cursor]);
      const all = await caller.get<{ executions: unknown[] }>('executions');
      const { executions } = JSON.parse(second.stdout);
      assert.deepEqual(executions, [all.body.executions[1]]);
      const talk = await run(['executions', '--limit', '1']);
      assert.equal(talk.stderr, `orrery: there are more; go on with --cursor ${page.cursor}\n`);
    });

    it('colours and fits a terminal, and only a terminal', async () => {
      const { stdout } = await run(['executions'], { columns: 100 });
      assert.ok(stdout.includes(`${ESCAPE}33mrunning${ESCAPE}0m`), stdout);
      assert.ok(stdout.includes(`${ESCAPE}31mfailed${ESCAPE}0m`));
      for (const line of stdout.split('\n')) assert.ok(columnsOf(line) <= 100, `too wide: ${line}`);
      assert.ok(!(await run(['executions'])).stdout.includes(ESCAPE));
      process.env.NO_COLOR = '1';
      assert.ok(!(await run(['executions'], { columns: 100 })).stdout.includes(ESCAPE));
    });
  });

  describe('show', () => {
    it('prints what is known', async () => {
      const { code, stdout } = await run(['show', open]);
      assert.equal(code, 0);
      const expected = [
        `id           ${open}`,
        `system       swf, account ${server.account}, region us-east-1`,
        'scope        orders',
        'name         order-2',
        'type         Order/1.0',
        /^status {7}running \(OPEN\), \d+ s$/,
        /^started {6}\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
        'progress     5 events',
        'open         activities 1',
        /^waiting for {2}activity ship \(type Ship\/2\) waits on task list boxes: no poller for \d+ s$/,
        'tags         red, big',
        '',
      ];
      const lines = stdout.split('\n');
      assert.equal(lines.length, expected.length, stdout);
      for (const [at, line] of expected.entries()) {
        if (typeof line === 'string') assert.equal(lines[at], line);
        else assert.match(String(lines[at]), line);
      }
    });

    it('lets nothing that an execution holds reach the terminal as it is', async () => {
      const { stdout } = await run(['show', failed]);
      assert.match(stdout, /^error {8}NoStock: of boxes$/m);
      assert.match(stdout, /^input {8}line one\\n\\u001b\[31mred$/m);
    });

    it('prints the record with --json', async () => {
      const { stdout } = await run(['show', failed, '--json']);
      assert.deepEqual(JSON.parse(stdout), (await caller.get(`executions/${failed}`)).body);
    });

    it('fails for an unknown id', async () => {
      const result = await run(['show', 'nothing']);
      assert.deepEqual(result, { code: 1, stdout: '', stderr: 'orrery: There is no execution nothing\n' });
    });
  });

  describe('history', () => {
    it('prints the events', async () => {
      const { code, stdout } = await run(['history', open]);
      assert.equal(code, 0);
      const lines = stdout.split('\n');
      assert.match(String(lines[0]), /^EVENT {2}TIME +TYPE +ATTRIBUTES$/);
      assert.match(
        String(lines[1]),
        /^1 {6}\d{4}-\S+ \S+Z {2}WorkflowExecutionStarted {2}workflowType=Order\/1\.0 /,
      );
      assert.match(
        String(lines[5]),
        /ActivityTaskScheduled +activityId=ship activityType=Ship\/2 taskList=boxes$/,
      );
      assert.equal(lines.length, 7);
    });

    it('says so when there are none', async () => {
      const { code, stdout, stderr } = await run(['history', open, '--from', '100']);
      assert.deepEqual([code, stdout, stderr], [0, '', 'orrery: there are no events from there on\n']);
    });

    it('prints a part of them, newest first', async () => {
      const { stdout } = await run(['history', open, '--reverse', '--from', '4', '--limit', '2', '--json']);
      const { events } = JSON.parse(stdout);
      assert.deepEqual(
        events.map(({ id }: { id: number }) => id),
        [4, 3],
      );
    });

    it('reads more than a page', async () => {
      const id = await orders.start('order-3');
      for (let at = 0; at < 1_005; at++) {
        const input = { domain: 'orders', workflowId: 'order-3', signalName: 'ping' };
        await caller.swf('SignalWorkflowExecution', input);
      }
      const { events } = JSON.parse((await run(['history', id, '--json'])).stdout);
      assert.equal(events.length, 1_007);
      await orders.terminate('order-3');
    });
  });

  describe('when something is wrong', () => {
    const misuses: readonly (readonly string[])[] = [
      ['executions', '--status', 'OPEN'],
      ['executions', '--limit', 'many'],
      ['executions', '--endpoint', 'nowhere'],
      ['history', 'x', '--from', '0'],
      ['show'],
    ];
    for (const given of misuses) {
      it(`exits with 2 for: orrery ${given.join(' ')}`, async () => {
        const { code, stdout, stderr } = await run(given);
        assert.deepEqual([code, stdout], [2, '']);
        assert.notEqual(stderr, '');
      });
    }

    it('exits with 1 when the server cannot be reached', async () => {
      const gone = await startServer();
      await gone.stop();
      const { code, stderr } = await run(['executions', '--endpoint', gone.endpoint]);
      assert.equal(code, 1);
      assert.equal(stderr, `orrery: cannot reach ${gone.endpoint} (--endpoint): ECONNREFUSED\n`);
    });

    it('says how to bring a key when there is none, and when it is wrong', async () => {
      useServer(server.endpoint);
      const keyless = await run(['executions', '--data', '/nonexistent']);
      assert.equal(keyless.code, 1);
      assert.match(keyless.stderr, /^orrery: no key: set ORRERY_ACCESS_KEY_ID/);
      useServer(server.endpoint, { accessKeyId: 'ORRERYTEST', secretAccessKey: 'wrong' });
      const wrong = await run(['executions']);
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /signature/);
      delete process.env.ORRERY_SECRET_ACCESS_KEY;
      assert.equal((await run(['executions'])).code, 2);
    });
  });
});
