import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Caller, createCaller } from '../../../support/caller.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { registerOrders, scheduleShip } from '../../../support/order-workflow.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

interface Page {
  readonly events: readonly { readonly id: number; readonly type: string; readonly summary: string }[];
  readonly next?: number;
}

describe('GET /api/v1/executions/{id}/history', () => {
  let server: TestServer;
  let caller: Caller;
  let id = '';

  before(async () => {
    server = await startServer({ clock: createFixedClock(Date.parse('2026-01-02T03:00:00Z')) });
    caller = createCaller(server);
    const orders = await registerOrders(caller);
    id = await orders.start('order-1', { input: 'two words' });
    await orders.decide(await orders.pollDecision(), scheduleShip('ship'));
  });
  after(() => server.stop());

  const read = async (query = ''): Promise<Page> => {
    const { status, body } = await caller.get<Page>(`executions/${id}/history${query}`);
    assert.equal(status, 200);
    return body;
  };

  it('gives the events in one shape', async () => {
    const { events, next } = await read();
    assert.equal(next, undefined);
    assert.deepEqual(
      events.map((event) => `${event.id} ${event.type} ${event.summary}`),
      [
        '1 WorkflowExecutionStarted workflowType=Order/1.0 taskList=orders-list input="two words"',
        '2 DecisionTaskScheduled taskList=orders-list',
        '3 DecisionTaskStarted identity=decider-1 scheduledEventId=2',
        '4 DecisionTaskCompleted scheduledEventId=2',
        '5 ActivityTaskScheduled activityId=ship activityType=Ship/2 taskList=boxes',
      ],
    );
    assert.deepEqual(events[2], {
      id: 3,
      time: '2026-01-02T03:00:00.000Z',
      type: 'DecisionTaskStarted',
      summary: 'identity=decider-1 scheduledEventId=2',
      attributes: { identity: 'decider-1', scheduledEventId: 2 },
    });
  });

  const pages: readonly (readonly [query: string, ids: readonly number[], next?: number])[] = [
    ['?limit=2', [1, 2], 3],
    ['?from=3&limit=2', [3, 4], 5],
    ['?from=5&limit=2', [5]],
    ['?from=4&limit=2', [4, 5]],
    ['?from=6', []],
    ['?from=1000000', []],
    ['?reverse=true', [5, 4, 3, 2, 1]],
    ['?reverse=true&limit=2', [5, 4], 3],
    ['?reverse=true&from=3&limit=2', [3, 2], 1],
    ['?reverse=true&from=1&limit=2', [1]],
    ['?reverse=false&from=2&limit=1', [2], 3],
  ];
  for (const [query, ids, next] of pages) {
    it(`answers ${query}`, async () => {
      const page = await read(query);
      assert.deepEqual([page.events.map((event) => event.id), page.next], [ids, next]);
    });
  }

  for (const misuse of ['from=0', 'limit=0', 'limit=1001', 'reverse=yes', 'to=3']) {
    it(`refuses ${misuse}`, async () => {
      const { status, body } = await caller.get<{ error: { type: string } }>(
        `executions/${id}/history?${misuse}`,
      );
      assert.deepEqual([status, body.error.type], [400, 'bad-parameter']);
    });
  }
});
