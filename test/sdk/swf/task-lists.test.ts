import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, schedule } from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { domain, openWorld, scenario } from './sdk-world.ts';

test('higher priorities go first, then the older', async (context) => {
  const world = await openWorld(context);
  const priorities = ['0', undefined, '-5', '7', '2147483647', '-2147483648', '7'];
  for (const [index, taskPriority] of priorities.entries()) {
    await world.start(taskPriority === undefined ? {} : { taskPriority }, String(index));
    await world.advance(1);
  }
  const order: unknown[] = [];
  for (const _ of priorities) order.push((await world.poll()).workflowExecution.workflowId);
  assert.deepEqual(order, ['4', '3', '6', '0', '1', '2', '5']);
});

test('activities have priorities of their own', async (context) => {
  const world = await openWorld(context);
  await world.start({ taskPriority: '100' });
  await world.decide(
    schedule('low', { taskPriority: '-1' }),
    schedule('unset'),
    schedule('high', { taskPriority: '1' }),
    schedule('unset too'),
  );
  const order: unknown[] = [];
  for (let count = 0; count < 4; count++) order.push((await world.work()).activityId);
  assert.deepEqual(order, ['high', 'unset', 'unset too', 'low']);
});

test('lists of decision and activity tasks are apart, even under one name', async (context) => {
  const world = await openWorld(context);
  const { swf } = world;
  const taskList = { name: 'both' };
  const counts = async () => [
    (await swf.countPendingDecisionTasks({ domain, taskList })).count,
    (await swf.countPendingActivityTasks({ domain, taskList })).count,
  ];
  assert.deepEqual(await counts(), [0, 0], 'a list that was never used');
  await world.start({ taskList });
  assert.deepEqual(await counts(), [1, 0]);
  await world.decideOn('both', schedule('a', { taskList }), schedule('b', { taskList }));
  await world.signal();
  assert.deepEqual(await counts(), [1, 2]);
  assert.equal((await world.work('both')).activityId, 'a');
  await world.poll('both');
  assert.deepEqual(await counts(), [0, 1]);
  assert.equal((await swf.countPendingActivityTasks({ domain, taskList })).truncated, false);
});

scenario(
  'an override without a limit is for good',
  async (world) => {
    const run = await world.start();
    await world.respond(await world.poll(), [], { taskList: { name: 'sticky' } });
    await world.signal();
    await world.respond(await world.poll('sticky'), []);
    await world.signal();
    await world.poll('sticky');
    assert.deepEqual(await world.attributes(run, 4), {
      scheduledEventId: 2,
      startedEventId: 3,
      taskList: { name: 'sticky' },
    });
    assert.deepEqual(await world.attributes(run, 6), {
      taskList: { name: 'sticky' },
      startToCloseTimeout: '10',
      scheduleToStartTimeout: 'NONE',
    });
  },
  {
    W: `${beginning} 5 Signaled(go,ext0) 6 DTS 7 DTSt(s6) 8 DTC(s6,st7) 9 Signaled(go,ext0) 10 DTS 11 DTSt(s10)`,
  },
);

const sticky = { taskList: { name: 'sticky' }, taskListScheduleToStartTimeout: '5' };

scenario(
  'an override with a limit ends when nobody takes the task in time',
  async (world) => {
    const run = await world.start();
    await world.respond(await world.poll(), [], sticky);
    await world.signal();
    await world.advance(4_999);
    assert.equal((await world.events(run)).length, 6);
    await world.advance(1);
    await world.decide();
    assert.equal((await world.attributes(run, 6)).scheduleToStartTimeout, '5');
    assert.deepEqual((await world.attributes(run, 8)).taskList, { name: 'deciders' });
  },
  {
    W: `${beginning} 5 Signaled(go,ext0) 6 DTS 7 DTTO(s6,st0,SCHEDULE_TO_START) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9)`,
  },
);

scenario(
  'an override with a limit ends when its task is not finished in time',
  async (world) => {
    await world.start();
    await world.respond(await world.poll(), [], sticky);
    await world.signal();
    await world.poll('sticky');
    await world.advance(10_000);
    await world.decide(complete());
  },
  {
    W: `${beginning} 5 Signaled(go,ext0) 6 DTS 7 DTSt(s6) 8 DTTO(s6,st7,START_TO_CLOSE) 9 DTS 10 DTSt(s9) 11 DTC(s9,st10) 12 WorkflowExecutionCompleted(d11)`,
  },
);
