import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CallFunction } from '../../../src/functions/call-function.ts';
import { child, complete, lambda, marker, schedule, timer } from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { type ServerOptions, startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { domain, everything, SdkWorld } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

interface Lives {
  /** The server as it is; after a restart another world over the same directory. */
  world: SdkWorld;
  /** Stops the server, lets time pass meanwhile, and starts it again. */
  restart(milliseconds?: number): Promise<SdkWorld>;
}

async function openLives(context: TestContext, options: Partial<ServerOptions> = {}): Promise<Lives> {
  const directory = await makeTemporaryDirectory();
  const open = async (now?: number): Promise<SdkWorld> => {
    const clock = createFixedClock(now);
    return new SdkWorld(await startServer({ ...options, clock, dataDirectory: directory.path }), clock);
  };
  const lives: Lives = {
    world: await open(),
    restart: async (milliseconds = 0) => {
      await lives.world.stop();
      lives.world = await open(lives.world.clock.now() + milliseconds);
      return lives.world;
    },
  };
  context.after(async () => {
    await lives.world.stop();
    await directory.remove();
  });
  await lives.world.registerAll();
  return lives;
}

test('tokens given before a restart are good after it', async (context) => {
  const lives = await openLives(context);
  let { world } = lives;
  await world.start();
  const decision = await world.poll('deciders', { maximumPageSize: 2 });
  world = await lives.restart();
  const { nextPageToken } = decision;
  const rest = await world.poll('deciders', { maximumPageSize: 2, nextPageToken });
  assert.deepEqual(
    rest.events.map(({ eventId }) => eventId),
    [3],
  );
  await world.respond(decision, [schedule('a', { input: 'i' })]);
  const activity = await world.work();
  assert.equal(activity.input, 'i');
  world = await lives.restart(1_000);
  const { taskToken } = activity;
  assert.equal((await world.swf.recordActivityTaskHeartbeat({ taskToken })).cancelRequested, false);
  await world.complete(activity, 'r');
  world = await lives.restart();
  await refuses(world.complete(activity), 'UnknownResourceFault', 'Unknown activity, scheduledEventId = 5');
  await world.decide(complete());
  await world.expect({
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6,result=r) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 WorkflowExecutionCompleted(d10)`,
  });
});

test('page tokens of lists are good after a restart', async (context) => {
  const lives = await openLives(context);
  let { world } = lives;
  for (const workflowId of ['A', 'B']) {
    await world.start({}, workflowId);
    await world.advance(1);
  }
  const query = { domain, startTimeFilter: everything, maximumPageSize: 1 };
  const { nextPageToken } = await world.swf.listOpenWorkflowExecutions(query);
  world = await lives.restart();
  const { executionInfos } = await world.swf.listOpenWorkflowExecutions({ ...query, nextPageToken });
  assert.deepEqual(
    executionInfos?.map(({ execution }) => execution?.workflowId),
    ['A'],
  );
});

test('timers and timeouts keep the time at which they were due', async (context) => {
  const lives = await openLives(context);
  let { world } = lives;
  const run = await world.start();
  await world.decide(timer('t', '60'), schedule('a', { startToCloseTimeout: '90', heartbeatTimeout: '80' }));
  await world.work();
  world = await lives.restart(59_999);
  await world.quiet();
  assert.equal((await world.events(run)).length, 7);
  await world.advance(1);
  await world.expect({
    W: `${beginning} 5 TimerStarted(t,60,d4) 6 ATS(d4) 7 ATSt(s6) 8 TimerFired(t,st5) 9 DTS`,
  });
  world = await lives.restart();
  await world.advance(20_000);
  await world.expect({
    W: `${beginning} 5 TimerStarted(t,60,d4) 6 ATS(d4) 7 ATSt(s6) 8 TimerFired(t,st5) 9 DTS 10 ATTO(s6,st7,HEARTBEAT)`,
  });
});

test('what fell due while nobody served happens at the start', async (context) => {
  const lives = await openLives(context);
  let { world } = lives;
  await world.start({}, 'P');
  await world.decide(
    timer('t', '60'),
    child('C', { taskList: { name: 'kids' }, executionStartToCloseTimeout: '70' }),
  );
  await world.quiet();
  world = await lives.restart(100_000);
  await world.expect({
    C: '1 WES(i6,parent P/run1) 2 DTS 3 WorkflowExecutionTimedOut(START_TO_CLOSE)',
    P: `${beginning} 5 TimerStarted(t,60,d4) 6 ChildInitiated(C,d4) 7 ChildStarted(i6,C/run1) 8 DTS 9 TimerFired(t,st5) 10 ChildTimedOut(i6,st7,C/run1,START_TO_CLOSE)`,
  });
});

test('of what fell due meanwhile the earlier happens first, whatever began first', async (context) => {
  const lives = await openLives(context);
  await lives.world.start();
  await lives.world.decide(timer('late', '90'), timer('early', '60'), timer('later', '95'));
  const world = await lives.restart(100_000);
  await world.expect({
    W: `${beginning} 5 TimerStarted(late,90,d4) 6 TimerStarted(early,60,d4) 7 TimerStarted(later,95,d4) 8 TimerFired(early,st6) 9 DTS 10 TimerFired(late,st5) 11 TimerFired(later,st7)`,
  });
});

test('tasks that wait are handed out after a restart, in their order', async (context) => {
  const lives = await openLives(context);
  let { world } = lives;
  await world.start({ taskPriority: '1' }, 'A');
  await world.advance(1);
  await world.start({ taskPriority: '2' }, 'B');
  await world.advance(1);
  await world.start({ taskPriority: '2' }, 'C');
  world = await lives.restart();
  const taskList = { name: 'deciders' };
  assert.equal((await world.swf.countPendingDecisionTasks({ domain, taskList })).count, 3);
  const order: unknown[] = [];
  for (let count = 0; count < 3; count++) order.push((await world.poll()).workflowExecution.workflowId);
  assert.deepEqual(order, ['B', 'C', 'A']);
});

test('a function that was running is called again', async (context) => {
  const calls: unknown[] = [];
  const callFunction: CallFunction = (name, event, { context: { idempotencyKey } }) => {
    calls.push([name, event, idempotencyKey]);
    return calls.length === 1 ? new Promise(() => {}) : Promise.resolve('"second time"');
  };
  const lives = await openLives(context, { callFunction });
  await lives.world.start({ lambdaRole: 'arn:aws:iam::1:role/r' });
  await lives.world.decide(lambda('l', { input: 'i' }));
  await lives.world.quiet();
  const world = await lives.restart();
  await world.expect({
    W: `${beginning} 5 LambdaFunctionScheduled(l,d4) 6 LambdaFunctionStarted(s5) 7 LambdaFunctionCompleted(s5,st6,result="second time") 8 DTS`,
  });
  assert.equal(calls.length, 2);
  assert.deepEqual(calls[0], calls[1]);
});

test('what is registered and what is closed is there after a restart', async (context) => {
  const lives = await openLives(context);
  const before = lives.world;
  await before.start();
  await before.decide(marker('m'), complete('r'));
  const closed = await before.latest('W');
  const history = await before.history(closed);
  const show = async ({ swf }: SdkWorld) => ({
    domain: (await swf.describeDomain({ name: domain })).domainInfo,
    types: (await swf.listWorkflowTypes({ domain, registrationStatus: 'REGISTERED' })).typeInfos,
    deprecated: (await swf.listActivityTypes({ domain, registrationStatus: 'DEPRECATED' })).typeInfos,
  });
  const registered = await show(before);
  const world = await lives.restart();
  assert.deepEqual(await show(world), registered);
  assert.equal(await world.history(closed), history);
  const { executionInfo } = await world.describe(closed);
  assert.deepEqual(executionInfo?.closeTimestamp, new Date(world.clock.now()));
  await world.advance(2 * 86_400_000);
  await refuses(world.describe(closed), 'UnknownResourceFault', /^Unknown execution: /);
});
