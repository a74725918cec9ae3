import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { openMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { complete, marker, schedule } from '../../apis/swf/machine/decisions.ts';
import { makeFaulty } from '../../support/faulty-store.ts';
import { sign } from '../../support/sign.ts';
import { domain, openWorld, type SdkWorld } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

const deciders = { name: 'deciders' };

/** Sends a poll over a bare socket, which the test may destroy. */
async function pollBySocket({ server, clock }: SdkWorld, operation: string, list: string): Promise<Socket> {
  const body = JSON.stringify({ domain, taskList: { name: list } });
  const target = `SimpleWorkflowService.${operation}`;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const key = { id: server.credentials.accessKeyId, secret: server.credentials.secretAccessKey };
  const signed = sign({ headers, body }, { ...key, time: clock.now() });
  const lines = Object.entries({ ...signed, 'content-length': String(Buffer.byteLength(body)) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const socket = connect(server.port, server.host);
  await new Promise((resolve) => socket.once('connect', resolve));
  await new Promise((resolve) => socket.write(`POST / HTTP/1.1\r\n${head}\r\n${body}`, resolve));
  return socket;
}

test('a poll that waits gets its task when it is scheduled', async (context) => {
  const world = await openWorld(context);
  const decider = world.poll();
  const worker = world.work('packers', 'worker 1');
  await world.advance(30_000);
  const run = await world.start();
  const task = await decider;
  assert.deepEqual(task.workflowExecution, run);
  await world.respond(task, [schedule('a', { input: 'i' })]);
  const { taskToken: _, $metadata: __, ...shown } = { ...(await worker), $metadata: 0 };
  assert.deepEqual(shown, {
    activityId: 'a',
    startedEventId: 6,
    workflowExecution: run,
    activityType: { name: 'Pack', version: '1' },
    input: 'i',
  });
  assert.deepEqual(await world.attributes(run, 6), { scheduledEventId: 5, identity: 'worker 1' });
});

test('a poll ends empty after a minute', async (context) => {
  const world = await openWorld(context);
  const polls = [
    world.swf.pollForDecisionTask({ domain, taskList: deciders }),
    world.swf.pollForActivityTask({ domain, taskList: { name: 'packers' } }),
  ] as const;
  await world.advance(60_000);
  const [decision, activity] = await Promise.all(polls);
  assert.deepEqual(
    [decision.taskToken, decision.startedEventId, decision.previousStartedEventId, decision.events],
    ['', 0, 0, undefined],
  );
  assert.deepEqual([activity.taskToken, activity.startedEventId, activity.activityId], ['', 0, undefined]);
});

test('tasks go to polls in the order in which these came', async (context) => {
  const world = await openWorld(context);
  const first = world.poll();
  await world.quiet();
  const second = world.poll();
  await world.quiet();
  await world.start({}, 'A');
  await world.start({}, 'B');
  assert.equal((await first).workflowExecution.workflowId, 'A');
  assert.equal((await second).workflowExecution.workflowId, 'B');
});

for (const [what, operation, list] of [
  ['decision', 'PollForDecisionTask', 'deciders'],
  ['activity', 'PollForActivityTask', 'packers'],
] as const) {
  test(`a client that has left takes no ${what} task with it`, async (context) => {
    const world = await openWorld(context);
    if (what === 'activity') {
      await world.start();
    }
    const socket = await pollBySocket(world, operation, list);
    await world.quiet();
    socket.destroy();
    await world.quiet();
    if (what === 'decision') {
      await world.start();
      assert.equal((await world.poll()).startedEventId, 3);
      return;
    }
    await world.decide(schedule('a', { input: 'kept' }));
    assert.equal((await world.work()).input, 'kept');
    await world.expect({ W: '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 ATS(d4) 6 ATSt(s5)' });
  });
}

test('a client that leaves while its hand-out is being written takes nothing with it', async (context) => {
  const store = makeFaulty(openMemoryStore());
  const world = await openWorld(context, { store });
  const socket = await pollBySocket(world, 'PollForDecisionTask', 'deciders');
  await world.quiet();
  store.hold();
  const started = world.start();
  await world.quiet();
  socket.destroy();
  await world.quiet();
  store.release();
  await started;
  const task = await world.poll();
  assert.equal(task.startedEventId, 3);
  await world.respond(task, [complete()]);
  await world.expect({ W: '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 WorkflowExecutionCompleted(d4)' });
});

test('pollers of a list are limited', async (context) => {
  const world = await openWorld(context, { limits: { 'swf.pollers': 2 } });
  const { swf } = world;
  const waiting = [1, 2].map(() => swf.pollForDecisionTask({ domain, taskList: deciders }));
  await world.quiet();
  await refuses(swf.pollForDecisionTask({ domain, taskList: deciders }), 'LimitExceededFault', /./);
  const activities = swf.pollForActivityTask({ domain, taskList: deciders });
  await world.advance(60_000);
  await Promise.all([...waiting, activities]);
});

test('a decision task shows the history up to its start, in either direction', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  const first = await world.poll();
  assert.deepEqual([first.startedEventId, first.previousStartedEventId], [3, 0]);
  assert.deepEqual(first.workflowType, { name: 'Order', version: '1' });
  await world.respond(first, [marker('m')]);
  await world.signal();
  const second = await world.poll('deciders', { reverseOrder: true, identity: 'me' });
  assert.deepEqual(
    second.events.map(({ eventId }) => eventId),
    [8, 7, 6, 5, 4, 3, 2, 1],
  );
  assert.deepEqual([second.startedEventId, second.previousStartedEventId], [8, 3]);
  assert.deepEqual(await world.attributes(run, 8), { scheduledEventId: 7, identity: 'me' });
  await world.signal();
  await world.respond(second, []);
  const third = await world.poll('deciders', { startAtPreviousStartedEvent: true });
  assert.deepEqual(
    third.events.map(({ eventId }) => eventId),
    [8, 9, 10, 11, 12],
  );
});

test('the first task has its whole history even from the previous start', async (context) => {
  const world = await openWorld(context);
  await world.start();
  const { events } = await world.poll('deciders', { startAtPreviousStartedEvent: true });
  assert.deepEqual(
    events.map(({ eventId }) => eventId),
    [1, 2, 3],
  );
});

for (const reverseOrder of [false, true]) {
  test(`further pages of a task, ${reverseOrder ? 'newest' : 'oldest'} first`, async (context) => {
    const world = await openWorld(context);
    await world.start();
    await world.decide(marker('m'), marker('n'));
    await world.signal();
    const query = { maximumPageSize: 4, reverseOrder };
    const first = await world.poll('deciders', query);
    await world.signal('after the start');
    let page = await world.poll('deciders', { ...query, nextPageToken: first.nextPageToken });
    const ids = [...first.events, ...page.events].map(({ eventId }) => eventId);
    assert.equal(page.taskToken, first.taskToken);
    assert.deepEqual(page.workflowExecution, first.workflowExecution);
    assert.deepEqual(page.workflowType, first.workflowType);
    assert.deepEqual([page.startedEventId, page.previousStartedEventId], [9, 3]);
    page = await world.poll('deciders', { ...query, nextPageToken: page.nextPageToken });
    ids.push(...page.events.map(({ eventId }) => eventId));
    assert.equal(page.nextPageToken, undefined);
    const expected = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    assert.deepEqual(ids, reverseOrder ? expected.toReversed() : expected);

    const { swf } = world;
    const execution = first.workflowExecution as { workflowId: string; runId: string };
    const nextPageToken = first.nextPageToken;
    const elsewhere = swf.getWorkflowExecutionHistory({ domain, execution, ...query, nextPageToken });
    await refuses(elsewhere, 'ValidationException', 'Invalid token');
    await world.respond(first, []);
    const late = swf.pollForDecisionTask({ domain, taskList: deciders, ...query, nextPageToken });
    await refuses(late, 'UnknownResourceFault', 'Unknown decision task, scheduledEventId = 8');
  });
}

test('a task of the longest names has a second page', async (context) => {
  const world = await openWorld(context);
  const longest = { name: '単'.repeat(256), version: '版'.repeat(64) };
  await world.swf.registerWorkflowType({ domain, ...longest });
  const workflowId = '名'.repeat(256);
  const settings = { executionStartToCloseTimeout: '60', taskStartToCloseTimeout: '60' };
  await world.start(
    { workflowType: longest, taskList: deciders, childPolicy: 'ABANDON', ...settings },
    workflowId,
  );
  const { nextPageToken } = await world.poll('deciders', { maximumPageSize: 2 });
  const page = await world.poll('deciders', { maximumPageSize: 2, nextPageToken });
  assert.equal(page.workflowExecution.workflowId, workflowId);
  assert.deepEqual(page.workflowType, longest);
  assert.deepEqual(
    page.events.map(({ eventId }) => eventId),
    [3],
  );
});

test('tokens that are none, or of the other kind, are refused', async (context) => {
  const world = await openWorld(context);
  const { swf } = world;
  await world.start();
  const decision = await world.poll();
  await world.respond(decision, [schedule('a')]);
  const activity = await world.work();
  const forged = `${activity.taskToken.slice(0, -1)}${activity.taskToken.endsWith('A') ? 'B' : 'A'}`;
  for (const taskToken of ['none', decision.taskToken, forged, `${activity.taskToken}x`]) {
    const calls = [
      swf.respondActivityTaskCompleted({ taskToken }),
      swf.respondActivityTaskFailed({ taskToken }),
      swf.respondActivityTaskCanceled({ taskToken }),
      swf.recordActivityTaskHeartbeat({ taskToken }),
    ];
    for (const call of calls) await refuses(call, 'ValidationException', 'Invalid token');
  }
  const swapped = swf.respondDecisionTaskCompleted({ taskToken: activity.taskToken });
  await refuses(swapped, 'ValidationException', 'Invalid token');
  assert.ok(activity.taskToken.length <= 1024);
});

test('an answer counts once', async (context) => {
  const world = await openWorld(context);
  const { swf } = world;
  await world.start();
  const decision = await world.poll();
  await world.respond(decision, [schedule('a')]);
  const task = 'Unknown decision task, scheduledEventId = 2';
  await refuses(world.respond(decision, []), 'UnknownResourceFault', task);
  const { taskToken } = await world.work();
  await swf.respondActivityTaskFailed({ taskToken, reason: 'r', details: 'd' });
  const activity = 'Unknown activity, scheduledEventId = 5';
  const late = [
    swf.respondActivityTaskCompleted({ taskToken }),
    swf.respondActivityTaskFailed({ taskToken }),
    swf.respondActivityTaskCanceled({ taskToken }),
    swf.recordActivityTaskHeartbeat({ taskToken }),
  ];
  for (const call of late) await refuses(call, 'UnknownResourceFault', activity);
  await world.expect({
    W: '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 ATS(d4) 6 ATSt(s5) 7 ATF(s5,st6,reason=r,details=d) 8 DTS',
  });
});
