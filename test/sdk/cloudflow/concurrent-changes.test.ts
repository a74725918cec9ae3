import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveCloudflow } from './cloudflow-client.ts';

const MANY = Array.from({ length: 40 }, (_, n) => n);
const Definition = 'version: v1\ntype: flow\nsteps: [{type: pass, name: p}]';
const FLOW = { Name: 'f', Definition, Description: '', Type: 'FDL' };
const SCHEDULE = { FlowName: 'f', ScheduleName: 's' };

const codes = (answers: readonly { readonly Code?: string }[]) =>
  new Set(answers.map(({ Code = 'none' }) => Code));

/** The vendor answers `ConcurrentUpdateError` here; one that applies changes one after the other has no need to. */
test('changes at the same time are all made, each to what the others have left', async (t) => {
  const { call } = await serveCloudflow(t);
  await call('CreateFlow', FLOW);
  await call('CreateSchedule', { ...SCHEDULE, CronExpression: '@every 5m', Enable: false });
  const changed = await Promise.all([
    ...MANY.map((n) => call('UpdateFlow', { Name: 'f', Description: `d${n}` })),
    ...MANY.map((n) => call('UpdateSchedule', { ...SCHEDULE, Description: `d${n}` })),
    call('UpdateFlow', { Name: 'f', RoleArn: 'acs:ram::1:role/r' }),
    call('UpdateFlow', { Name: 'f', Environment: { Variables: [{ Name: 'k', Value: 'v' }] } }),
    call('UpdateSchedule', { ...SCHEDULE, CronExpression: '@every 7m' }),
    call('UpdateSchedule', { ...SCHEDULE, Payload: '{"a":1}' }),
  ]);
  assert.deepEqual(codes(changed), new Set(['none']));
  const { Description, RoleArn, Environment } = await call('DescribeFlow', { Name: 'f' });
  assert.match(Description, /^d\d+$/);
  assert.equal(RoleArn, 'acs:ram::1:role/r');
  assert.equal(Environment.Variables[0].Value, 'v');
  const schedule = await call('DescribeSchedule', SCHEDULE);
  assert.match(schedule.Description, /^d\d+$/);
  const { CronExpression, Payload, Enable } = schedule;
  assert.deepEqual([CronExpression, Payload, Enable], ['@every 7m', '{"a":1}', false]);
});

test('versions published at the same time have numbers of their own', async (t) => {
  const { call } = await serveCloudflow(t);
  await call('CreateFlow', FLOW);
  const published = await Promise.all(MANY.map(() => call('PublishFlowVersion', { FlowName: 'f' })));
  const numbers = published.map(({ Version }) => Number(Version)).sort((a, b) => a - b);
  assert.deepEqual(
    numbers,
    MANY.map((n) => n + 1),
  );
});

test('of many that make, or delete, the same thing one does', async (t) => {
  const { call } = await serveCloudflow(t);
  const each = async (what: () => Promise<{ readonly Code?: string }>) => {
    const answers = await Promise.all(MANY.map(what));
    assert.equal(answers.filter(({ Code }) => Code === undefined).length, 1);
    return [...codes(answers)].filter((code) => code !== 'none');
  };
  assert.deepEqual(await each(() => call('CreateFlow', FLOW)), ['FlowAlreadyExists']);
  const schedule = { ...SCHEDULE, CronExpression: '@every 5m' };
  assert.deepEqual(await each(() => call('CreateSchedule', schedule)), ['ScheduleAlreadyExists']);
  assert.deepEqual(await each(() => call('DeleteSchedule', SCHEDULE)), ['ScheduleNotExists']);
  await call('PublishFlowVersion', { FlowName: 'f' });
  const alias = { FlowName: 'f', Name: 'a', RoutingConfigurations: [{ Version: '1', Weight: 1 }] };
  assert.deepEqual(await each(() => call('CreateFlowAlias', alias)), ['FlowAliasAlreadyExists']);
  assert.deepEqual(await each(() => call('DeleteFlow', { Name: 'f' })), ['FlowNotExists']);
});
