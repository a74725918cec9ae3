import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, type CloudflowWorld, code, flow, openWorld, PASS, waitFor } from './cloudflow-world.ts';

const schedule = (CronExpression: string, more: object = {}) => ({
  FlowName: 'f',
  ScheduleName: 's',
  CronExpression,
  ...more,
});

async function openWith(test: Parameters<typeof openWorld>[0], definition = PASS): Promise<CloudflowWorld> {
  const world = await openWorld(test);
  await world.call('CreateFlow', flow('f', definition));
  return world;
}

/** Inputs of all executions, oldest first. */
async function started({ call }: CloudflowWorld): Promise<Answer[]> {
  const { Executions } = await call('ListExecutions', { FlowName: 'f', Limit: 100 });
  return Executions.map(({ Input }: Answer) => JSON.parse(Input)).reverse();
}

const dues = async (world: CloudflowWorld): Promise<string[]> =>
  (await started(world)).map(({ triggerTime }) => triggerTime.slice(11, 19));

test('the vendor’s forms are accepted, others are refused', async (t) => {
  const { call } = await openWith(t);
  for (const [index, cron] of ['@every 1m', '0 * * * * *', 'CRON_TZ=Asia/Shanghai 0 0 4 1 * *'].entries()) {
    const answer = await call('CreateSchedule', schedule(cron, { ScheduleName: `s${index}` }));
    assert.equal(answer.CronExpression, cron);
  }
  for (const cron of ['@every 30s', '* * * * * *', 'CRON_TZ=No/Where 0 0 4 1 * *', '0 0 0 30 2 ?', 'x']) {
    assert.equal(code(await call('CreateSchedule', schedule(cron))), '400 InvalidArgument', cron);
  }
  for (const Payload of ['[1]', '{', '"x"']) {
    assert.equal(
      code(await call('CreateSchedule', schedule('@every 1m', { Payload }))),
      '400 InvalidArgument',
    );
  }
});

test('a schedule is described, listed, changed and deleted', async (t) => {
  const { call, clock } = await openWith(t);
  const created = await call(
    'CreateSchedule',
    schedule('@every 1m', { Payload: '{ "a":1}', Description: 'd' }),
  );
  assert.match(created.ScheduleId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(created, {
    ScheduleId: created.ScheduleId,
    ScheduleName: 's',
    CronExpression: '@every 1m',
    Payload: '{ "a":1}',
    Enable: true,
    Description: 'd',
    CreatedTime: '2023-11-14T22:13:20.000Z',
    LastModifiedTime: '2023-11-14T22:13:20.000Z',
  });
  assert.equal(code(await call('CreateSchedule', schedule('@every 1m'))), '409 ScheduleAlreadyExists');
  clock.advance(1000);
  const changed = await call('UpdateSchedule', { FlowName: 'f', ScheduleName: 's', Enable: false });
  assert.deepEqual(changed, { ...created, Enable: false, LastModifiedTime: '2023-11-14T22:13:21.000Z' });
  assert.deepEqual(await call('DescribeSchedule', { FlowName: 'f', ScheduleName: 's' }), changed);
  await call('CreateSchedule', schedule('@every 2m', { ScheduleName: 'a' }));
  const { Schedules, NextToken } = await call('ListSchedules', { FlowName: 'f', Limit: 1 });
  assert.deepEqual([Schedules[0].ScheduleName, NextToken], ['a', 's']);
  assert.deepEqual((await call('ListSchedules', { FlowName: 'f', NextToken })).Schedules, [changed]);
  const one = { FlowName: 'f', ScheduleName: 's' };
  assert.equal(code(await call('UpdateSchedule', { ...one, CronExpression: 'x' })), '400 InvalidArgument');
  assert.deepEqual(await call('DeleteSchedule', one), {});
  assert.equal(code(await call('DeleteSchedule', one)), '404 ScheduleNotExists');
  assert.equal(code(await call('DescribeSchedule', one)), '404 ScheduleNotExists');
  assert.equal(code(await call('UpdateSchedule', one)), '404 ScheduleNotExists');
  assert.equal(
    code(await call('CreateSchedule', { ...one, FlowName: 'g', CronExpression: '@every 1m' })),
    '404 FlowNotExists',
  );
});

test('each due time starts one execution, with the payload as its input', async (t) => {
  const world = await openWith(t);
  await world.call('CreateSchedule', schedule('0 * * * * *', { Payload: '{"a":1}' }));
  await world.pass(39);
  assert.deepEqual(await started(world), []);
  for (let minute = 0; minute < 3; minute++) await world.pass(60);
  assert.deepEqual(await started(world), [
    { triggerTime: '2023-11-14T22:14:00.000Z', triggerName: 's', payload: { a: 1 } },
    { triggerTime: '2023-11-14T22:15:00.000Z', triggerName: 's', payload: { a: 1 } },
    { triggerTime: '2023-11-14T22:16:00.000Z', triggerName: 's', payload: { a: 1 } },
  ]);
});

test('of the due times missed while nothing ran only the latest counts', async (t) => {
  const before = await openWith(t);
  await before.call('CreateSchedule', schedule('@every 1m'));
  await before.pass(60);
  const after = await before.crash(10 * 60 + 30);
  await after.pass(0);
  assert.deepEqual(await dues(after), ['22:14:20', '22:24:20']);
  await after.pass(30);
  assert.deepEqual(await dues(after), ['22:14:20', '22:24:20', '22:25:20']);
});

test('an execution is started once, though its start was not heard of', async (t) => {
  const before = await openWith(t, waitFor(1));
  await before.call('CreateSchedule', schedule('@every 1m'));
  // The due time and the start are written; that it has started is not.
  before.store.dieAt(before.store.commits + 2);
  await before.pass(60);
  const after = await before.crash();
  assert.equal((await dues(after)).length, 1);
  await after.pass(5);
  assert.deepEqual(await dues(after), ['22:14:20']);
  await after.pass(55);
  assert.deepEqual(await dues(after), ['22:14:20', '22:15:20']);
});

test('a start that cannot be written now is made later', async (t) => {
  const world = await openWith(t);
  await world.call('CreateSchedule', schedule('@every 1m'));
  await world.pass(59);
  world.store.breakDown();
  await world.pass(3);
  world.store.mend();
  for (let second = 0; second < 3; second++) await world.pass(1);
  assert.notEqual(world.takeErrors().length, 0);
  assert.deepEqual(await dues(world), ['22:14:20']);
});

test('what is disabled or deleted starts nothing', async (t) => {
  const world = await openWith(t);
  const { call, pass } = world;
  await call('CreateSchedule', schedule('@every 1m', { Enable: false }));
  await pass(120);
  await call('UpdateSchedule', { FlowName: 'f', ScheduleName: 's', Enable: true });
  await pass(60);
  await call('DeleteSchedule', { FlowName: 'f', ScheduleName: 's' });
  await pass(120);
  assert.deepEqual(await dues(world), ['22:16:20']);
});

test('a schedule that has started a thousand executions goes on', async (t) => {
  const world = await openWith(t);
  await world.call('CreateSchedule', schedule('@every 1m'));
  for (let minute = 0; minute < 1003; minute++) await world.pass(60);
  const { Executions } = await world.call('ListExecutions', { FlowName: 'f', Limit: 5 });
  const newest = Executions.map(({ StartedTime }: Answer) => Date.parse(StartedTime) - world.clock.now());
  assert.deepEqual(newest, [0, -60_000, -120_000, -180_000, -240_000]);
  const { kernel } = world.cloudflow;
  assert.equal(kernel.load.openExecutions, 1);
});
