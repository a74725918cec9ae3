import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scopeOf } from '../../../../src/apis/transfer/execution.ts';
import { API } from '../../../../src/apis/transfer/names.ts';
import { executionViews } from '../../../../src/apis/transfer/views/execution-views.ts';
import { SERVER, TestWorkflows, WORLD } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, FUNCTION, remove, tag } from '../../../support/workflow-steps.ts';

const ETAG = '5d41402abc4b2a76b9719d911017c592';

async function describeNow(workflows: TestWorkflows, workflowId: string, executionId: string | undefined) {
  const { kernel, clock } = workflows.transfer;
  const address = { api: API, scope: scopeOf(WORLD, workflowId), name: executionId ?? '' };
  const query = { ...address, now: clock.now(), timeOf: 'started', order: 'newest', limit: 1 } as const;
  const id = kernel.isOpen(address)
    ? kernel.findOpen(address).identity.id
    : ((await kernel.listClosed(query))[0]?.id ?? '');
  const found = await kernel.find(id);
  const views = executionViews(clock);
  const history = await kernel.history(id, 1, found.eventCount);
  const reader = views.readSteps?.();
  history.forEach((text, index) => void reader?.read(text, index + 1));
  return {
    details: await views.describe(found),
    summary: found.summary,
    world: views.worldOf(found.identity.scope),
    events: history.map((text, index) => views.readEvent(text, index + 1)),
    steps: reader?.stepsSince(0) ?? [],
  };
}

describe("Orrery's own API", () => {
  test('shows the way of a file: who sent it from where, what was made of it', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('x/', 'shared'), tag({ s: 'ok' })]);
    const startedAt = new Date(workflows.parts.clock.now() - 1000).toISOString();
    const endedAt = new Date(workflows.parts.clock.now()).toISOString();
    const execution = await workflows.upload('a.txt');
    await settle();
    const { details, world, steps } = await describeNow(workflows, id, execution);
    assert.deepEqual(details, {
      run: execution,
      subject: 'a.txt from alice',
      input: {
        server: SERVER,
        user: 'alice',
        session: '0123456789abcdef',
        sourceIp: '192.0.2.1',
        file: { bucket: 'in', key: 'a.txt', etag: ETAG },
        size: 5,
        checksum: ETAG,
        startedAt,
        endedAt,
        isPartial: false,
      },
      output: { bucket: 'out', key: 'x/a.txt', etag: ETAG },
      error: null,
      progress: { done: 2, total: 2, unit: 'steps' },
      open: { decisions: 0, activities: 0, timers: 0, children: 0 },
      waitingFor: [],
      parent: null,
      children: [],
    });
    assert.deepEqual(world, {
      ...WORLD,
      name: id,
      resource: `arn:aws:transfer:us-east-1:000000000000:workflow/${id}`,
    });
    const file = { backingStore: 'S3', bucket: 'in', key: 'a.txt', etag: ETAG };
    const [first] = steps;
    assert.deepEqual(
      { ...first, input: JSON.parse(first?.input ?? ''), output: JSON.parse(first?.output ?? '') },
      {
        id: 2,
        name: 'COPY shared',
        status: 'succeeded',
        attempts: 1,
        startedAt: endedAt,
        endedAt,
        input: file,
        output: { fileLocation: { bucket: 'out', key: 'x/a.txt', etag: ETAG }, bytes: 5 },
        error: null,
        steps: [],
      },
    );
  });

  test('shows the history as the log of the vendor', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([remove()]);
    const execution = await workflows.upload('a.txt');
    await settle();
    const { events } = await describeNow(workflows, id, execution);
    assert.deepEqual(
      events.map(({ id: place, type }) => [place, type]),
      [
        [1, 'ExecutionStarted'],
        [2, 'StepStarted'],
        [3, 'StepCompleted'],
        [4, 'ExecutionCompleted'],
      ],
    );
    assert.deepEqual(events[2]?.attributes, {
      details: { output: {}, stepType: 'DELETE' },
      workflowId: id,
      executionId: execution,
      transferDetails: { serverId: SERVER, username: 'alice', sessionId: '0123456789abcdef' },
    });
    assert.equal(events[2]?.summary, 'output={} stepType=DELETE');
  });

  test('says what an execution waits for', async () => {
    const workflows = await TestWorkflows.open({ limits: { 'transfer.concurrentCalls': 1 } });
    const id = await workflows.use([custom(10)]);
    const first = await workflows.upload('a.txt');
    const second = await workflows.upload('b.txt');
    await settle();
    await workflows.pass(4);
    const due = new Date(workflows.parts.clock.now() + 6000).toISOString();
    const { details } = await describeNow(workflows, id, first);
    assert.deepEqual(details.waitingFor, [
      {
        text: `step 1 CUSTOM: waits for the callback of function ${FUNCTION}, times out at ${due}, in 6 s`,
        kind: 'function',
        name: FUNCTION,
        since: new Date(workflows.parts.clock.now() - 4000).toISOString(),
        due,
      },
    ]);
    assert.deepEqual(details.open, { decisions: 0, activities: 1, timers: 0, children: 0 });
    const [waiting] = (await describeNow(workflows, id, second)).details.waitingFor;
    assert.equal(waiting?.text, `step 1 CUSTOM: function ${FUNCTION} is to be called`);
    assert.equal(waiting?.due, null);
  });

  test('shows how far a large file is', async () => {
    const workflows = await TestWorkflows.open();
    const size = 3 << 20;
    const target = workflows.fileSystem('fs-22222222');
    const goOn = Promise.withResolvers<void>();
    const create = target.create.bind(target);
    target.create = async (...given) => {
      const writer = await create(...given);
      const write = async (position: number, bytes: Uint8Array) => {
        workflows.parts.clock.advance(2000);
        await writer.write(position, bytes);
        if (position > 0) await goOn.promise;
      };
      return { ...writer, write };
    };
    const id = await workflows.use([copyFile('fs-22222222', '/x/')]);
    const execution = await workflows.uploadFile('/a.bin', 'x'.repeat(size));
    await settle();
    const { details } = await describeNow(workflows, id, execution);
    assert.deepEqual(details.progress, { done: 1 << 20, total: size, unit: 'bytes' });
    assert.equal(details.waitingFor[0]?.text, 'step 1 COPY is at work');
    goOn.resolve();
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
    assert.equal(target.text('/x/a.bin')?.length, size);
  });

  test('shows what failed, and how it was handled', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use(
      [remove(), copy('x/', 'shared'), tag({ a: '1' })],
      [remove(), tag({ q: '1' })],
    );
    const execution = await workflows.upload('a.txt');
    await settle();
    const { details, steps, summary } = await describeNow(workflows, id, execution);
    assert.equal(details.error?.type, 'NOT_FOUND');
    assert.equal(details.output, null);
    assert.equal(summary.status, 'failed');
    assert.deepEqual(
      steps.map(({ name, status, error, steps: inner }) => [
        name,
        status,
        error?.type ?? null,
        inner.map((step) => `${step.name} ${step.status}`),
      ]),
      [
        ['DELETE', 'succeeded', null, []],
        ['COPY shared', 'caught', 'NOT_FOUND', []],
        ['OnExceptionSteps', 'failed', null, ['DELETE succeeded', 'TAG failed']],
      ],
    );
  });
});
