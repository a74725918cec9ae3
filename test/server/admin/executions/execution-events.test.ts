import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Caller, createCaller, until } from '../../../support/caller.ts';
import { createFixedClock, type FixedClock } from '../../../support/fixed-clock.ts';
import { type OrderWorkflow, registerOrders } from '../../../support/order-workflow.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

/** A stream as a client reads it, piece by piece. */
interface Stream {
  /** Everything sent so far and not yet taken, once it matches. */
  take(pattern: RegExp): Promise<string>;
  /** What is left when the server ends the stream. */
  rest(): Promise<string>;
  leave(): Promise<void>;
}

function readStream(response: Response): Stream {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const reader = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let text = '';
  const read = async (): Promise<boolean> => {
    const { done, value = '' } = await reader.read();
    text += value;
    return !done;
  };
  const flush = (): string => {
    const taken = text;
    text = '';
    return taken;
  };
  return {
    take: async (pattern) => {
      while (!pattern.test(text)) assert.ok(await read(), `the stream ended with: ${text}`);
      return flush();
    },
    rest: async () => {
      while (await read());
      return flush();
    },
    leave: () => reader.cancel(),
  };
}

const idsOf = (text: string): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
const typesOf = (text: string): string[] =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => (JSON.parse(String(data)) as { type: string }).type);

describe('GET /api/v1/executions/{id}/events', () => {
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

  const follow = async (id: string, headers: Record<string, string> = {}): Promise<Stream> =>
    readStream(await caller.open(`executions/${id}/events`, { headers }));

  it('sends events as they happen and ends behind the last', async () => {
    const id = await orders.start('order-1');
    const stream = await follow(id);
    const begun = await stream.take(/id: 2\n.*\n\n/);
    assert.deepEqual(typesOf(begun), ['WorkflowExecutionStarted', 'DecisionTaskScheduled']);
    assert.deepEqual(idsOf(begun), [1, 2]);
    const task = await orders.pollDecision();
    assert.deepEqual(idsOf(await stream.take(/id: 3\n.*\n\n/)), [3]);
    await orders.decide(task, { decisionType: 'CompleteWorkflowExecution' });
    assert.deepEqual(typesOf(await stream.rest()), ['DecisionTaskCompleted', 'WorkflowExecutionCompleted']);
  });

  it('resumes behind the event that the client has seen', async () => {
    const id = await orders.start('order-2');
    await orders.terminate('order-2');
    assert.deepEqual(idsOf(await (await follow(id)).rest()), [1, 2, 3]);
    assert.deepEqual(idsOf(await (await follow(id, { 'last-event-id': '2' })).rest()), [3]);
    assert.deepEqual(idsOf(await (await follow(id, { 'last-event-id': '3' })).rest()), []);
  });

  it('sends a history of many pages', async () => {
    const id = await orders.start('order-3');
    const signals = Array.from({ length: 1_100 }, (_, at) => at);
    for (const at of signals) {
      await caller.swf('SignalWorkflowExecution', {
        domain: 'orders',
        workflowId: 'order-3',
        signalName: `s${at}`,
      });
    }
    await orders.terminate('order-3');
    const ids = idsOf(await (await follow(id)).rest());
    assert.deepEqual(
      ids,
      Array.from({ length: 1_103 }, (_, at) => at + 1),
    );
  });

  it('shows that it is still there while nothing happens', async () => {
    const id = await orders.start('order-4');
    const stream = await follow(id);
    await stream.take(/id: 2\n.*\n\n/);
    const idle = clock.waiting;
    clock.advance(15_000);
    assert.deepEqual(idsOf(await stream.take(/^: .*\n\n/m)), []);
    await stream.leave();
    await until(() => clock.waiting < idle, 'the server has stopped following');
    await orders.terminate('order-4');
  });

  it('ends when the server stops, so that the client comes again', async () => {
    const other = await startServer({ clock });
    const otherCaller = createCaller(other);
    const id = await (await registerOrders(otherCaller)).start('order-5');
    const stream = readStream(await otherCaller.open(`executions/${id}/events`));
    await stream.take(/id: 2\n.*\n\n/);
    const stopped = other.stop();
    assert.deepEqual(idsOf(await stream.rest()), []);
    await stopped;
  });

  it('refuses what is no event id, and unknown executions', async () => {
    const id = await orders.start('order-6');
    const bad = await caller.get(`executions/${id}/events`, { headers: { 'last-event-id': 'x' } });
    assert.equal(bad.status, 400);
    assert.equal((await caller.get('executions/nothing/events')).status, 404);
    await orders.terminate('order-6');
  });
});
