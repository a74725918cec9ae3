import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ExecutionRecord } from '../../../../src/server/admin/executions/execution-record.ts';
import { type Caller, createCaller, until } from '../../../support/caller.ts';
import { createFixedClock, type FixedClock } from '../../../support/fixed-clock.ts';
import {
  type OrderWorkflow,
  registerOrders,
  scheduleShip,
  startTimer,
  workflowType,
} from '../../../support/order-workflow.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

const MINUTE = 60_000;

describe('GET /api/v1/executions/{id}', () => {
  let server: TestServer;
  let clock: FixedClock;
  let caller: Caller;
  let orders: OrderWorkflow;

  before(async () => {
    clock = createFixedClock(Date.parse('2026-01-02T03:00:00Z'));
    server = await startServer({ clock });
    caller = createCaller(server);
    orders = await registerOrders(caller);
  });
  after(() => server.stop());

  const read = async (id: string): Promise<ExecutionRecord> => {
    const { status, body } = await caller.get<ExecutionRecord>(`executions/${id}`);
    assert.equal(status, 200);
    return body;
  };
  const waitingTexts = async (id: string): Promise<string[]> =>
    (await read(id)).waitingFor.map(({ text }) => text);
  const at = (offset: number): string => new Date(clock.now() + offset).toISOString();

  it('shows everything of an execution that nobody works on', async () => {
    const id = await orders.start('order-1', { input: '{"n":1}', tagList: ['red', 'big'] });
    const startedAt = at(0);
    clock.advance(4 * MINUTE);
    assert.deepEqual(await read(id), {
      id,
      system: 'swf',
      account: server.account,
      region: server.region,
      scope: 'orders',
      name: 'order-1',
      run: id,
      subject: null,
      type: 'Order/1.0',
      status: 'running',
      vendorStatus: 'OPEN',
      startedAt,
      endedAt: null,
      input: '{"n":1}',
      output: null,
      error: null,
      progress: { done: 2, total: null, unit: 'events' },
      open: { decisions: 1, activities: 0, timers: 0, children: 0 },
      waitingFor: [
        {
          text: 'no poller on decision task list orders-list for 4 min',
          kind: 'poller',
          name: 'orders-list',
          since: startedAt,
          due: null,
        },
      ],
      parent: null,
      children: [],
      tags: ['red', 'big'],
      version: 1,
    });
    await orders.terminate('order-1');
  });

  it('says what it waits for, step by step', async () => {
    const id = await orders.start('order-2');
    const task = await orders.pollDecision();
    clock.advance(12_000);
    assert.deepEqual(await waitingTexts(id), [
      'decision task with decider decider-1 since 12 s, times out in 48 s',
    ]);

    await orders.decide(task, scheduleShip('ship'), startTimer('reminder', 600));
    const fires = at(600_000);
    clock.advance(2 * MINUTE);
    assert.deepEqual(await waitingTexts(id), [
      'activity ship (type Ship/2) waits on task list boxes: no poller for 2 min',
      `timer reminder fires at ${fires}, in 8 min`,
    ]);

    await orders.pollActivity();
    clock.advance(18_000);
    const { waitingFor, open } = await read(id);
    assert.deepEqual(waitingFor[0], {
      text: 'activity ship (type Ship/2) with worker worker-1 since 18 s: heartbeat due in 12 s',
      kind: 'worker',
      name: 'ship',
      since: at(-18_000),
      due: at(12_000),
    });
    assert.deepEqual(open, { decisions: 0, activities: 1, timers: 1, children: 0 });
    await orders.terminate('order-2');
  });

  it('says when only a signal or its timeout can help', async () => {
    const id = await orders.start('order-3');
    const timeout = at(3_600_000);
    await orders.decide(await orders.pollDecision());
    assert.deepEqual(await waitingTexts(id), [`nothing: waits for a signal or its timeout at ${timeout}`]);
    await orders.terminate('order-3');
  });

  it('links parents and children', async () => {
    const id = await orders.start('parent');
    await orders.decide(await orders.pollDecision(), {
      decisionType: 'StartChildWorkflowExecution',
      startChildWorkflowExecutionDecisionAttributes: { workflowId: 'child', workflowType },
    });
    let parent = await read(id);
    while (parent.children[0]?.id == null) {
      const next = await caller.get<ExecutionRecord>(`executions/${id}?wait=60&since=${parent.version}`);
      parent = next.body;
    }
    const [child] = parent.children;
    assert.equal(child?.name, 'child');
    assert.deepEqual((await read(String(child?.id))).parent, { id, name: 'parent' });
    assert.ok(parent.waitingFor.some(({ text, kind }) => text === 'child child running' && kind === 'child'));
    await orders.terminate('parent');
  });

  describe('a closed one', () => {
    it('shows its output', async () => {
      const id = await orders.start('order-4', { input: 'in' });
      clock.advance(1_000);
      await orders.complete('out');
      const { status, vendorStatus, input, output, error, endedAt, waitingFor } = await read(id);
      assert.deepEqual(
        { status, vendorStatus, input, output, error, endedAt, waitingFor },
        {
          status: 'succeeded',
          vendorStatus: 'COMPLETED',
          input: 'in',
          output: 'out',
          error: null,
          endedAt: at(0),
          waitingFor: [],
        },
      );
    });

    it('shows why it failed', async () => {
      const id = await orders.start('order-5');
      await orders.decide(await orders.pollDecision(), {
        decisionType: 'FailWorkflowExecution',
        failWorkflowExecutionDecisionAttributes: { reason: 'NoStock', details: 'of boxes' },
      });
      const { status, error } = await read(id);
      assert.deepEqual([status, error], ['failed', { type: 'NoStock', message: 'of boxes' }]);
    });

    it('shows who terminated it and that it took too long', async () => {
      const terminated = await orders.start('order-6');
      await orders.terminate('order-6');
      const late = await orders.start('order-7', { executionStartToCloseTimeout: '10' });
      clock.advance(10_000);
      assert.deepEqual((await read(terminated)).error, { type: 'OPERATOR_INITIATED', message: 'enough' });
      const { status, error } = await read(late);
      assert.deepEqual([status, error?.type], ['timed-out', 'START_TO_CLOSE']);
    });
  });

  describe('with wait and since', () => {
    it('answers at once when the version is a later one', async () => {
      const id = await orders.start('order-8');
      const { body } = await caller.get<ExecutionRecord>(`executions/${id}?wait=60&since=0`);
      assert.equal(body.version, 1);
    });

    it('answers when the execution changes', async () => {
      const id = await orders.start('order-9');
      const idle = clock.waiting;
      const answer = caller.get<ExecutionRecord>(`executions/${id}?wait=60&since=1`);
      await until(() => clock.waiting > idle, 'the server waits');
      await orders.terminate('order-9');
      const { body } = await answer;
      assert.deepEqual([body.status, body.version], ['terminated', 2]);
    });

    it('answers with what there is when the time is up', async () => {
      const id = await orders.start('order-10');
      const idle = clock.waiting;
      const answer = caller.get<ExecutionRecord>(`executions/${id}?wait=30`);
      await until(() => clock.waiting > idle, 'the server waits');
      clock.advance(30_000);
      const { body } = await answer;
      assert.equal(body.version, 1);
      assert.equal(body.waitingFor[0]?.text, 'no poller on decision task list orders-list for 30 s');
      await orders.terminate('order-10');
    });

    it('does not wait for what is closed', async () => {
      const id = await orders.start('order-11');
      await orders.terminate('order-11');
      const { body } = await caller.get<ExecutionRecord>(`executions/${id}?wait=60&since=2`);
      assert.equal(body.version, 2);
    });

    it('stops waiting when the client leaves', async () => {
      const id = await orders.start('order-12');
      const idle = clock.waiting;
      const leaving = new AbortController();
      const answer = caller.get(`executions/${id}?wait=60&since=1`, { signal: leaving.signal });
      await until(() => clock.waiting > idle, 'the server waits');
      leaving.abort();
      await assert.rejects(answer, { name: 'AbortError' });
      await until(() => clock.waiting === idle, 'the server has stopped waiting');
      await orders.terminate('order-12');
    });
  });

  it('answers 404 for ids that nothing has', async () => {
    for (const id of ['nonsense', '0000000000000000000000ab', '%2e%2e']) {
      const { status, body } = await caller.get<{ error: { type: string } }>(`executions/${id}`);
      assert.deepEqual([status, body.error.type], [404, 'not-found'], id);
    }
  });

  const misuses = ['wait=61', 'wait=-1', 'wait=soon', 'since=x', 'sinse=1'];
  for (const misuse of misuses) {
    it(`refuses ${misuse}`, async () => {
      const { status, body } = await caller.get<{ error: { type: string } }>(`executions/x?${misuse}`);
      assert.deepEqual([status, body.error.type], [400, 'bad-parameter']);
    });
  }
});
