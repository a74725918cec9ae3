import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

/** What tools send that keep flows as their users declare them: Terraform's provider, Serverless Devs. */
const FLOW = {
  Name: 'f',
  Definition: '  version: v1beta1\n  type: flow\n  steps:\n    - type: pass\n      name: p\n  ',
  Description: 'd',
  Type: 'FDL',
  RoleArn: 'acs:ram::123456789012:role/r',
};
const ON = { FlowName: 'f', ScheduleName: 's' };
const SCHEDULE = {
  ...ON,
  CronExpression: '30 9 * * * *',
  Description: 'd',
  Payload: '{"a":1}',
  Enable: true,
};

async function declare(served: CloudflowServer): Promise<CloudflowServer['call']> {
  await served.call('CreateFlow', FLOW);
  await served.call('CreateSchedule', SCHEDULE);
  return served.call;
}

test('what is declared is described as it was sent', async (t) => {
  const call = await declare(await serveCloudflow(t));
  const flow = await call('DescribeFlow', { Name: 'f', RegionId: 'cn-hangzhou' });
  assert.partialDeepStrictEqual(flow, FLOW);
  const { FlowName: _, ...described } = SCHEDULE;
  assert.partialDeepStrictEqual(
    await call('DescribeSchedule', { ...ON, RegionId: 'cn-hangzhou' }),
    described,
  );
});

test('what is declared no more is sent empty, and gone', async (t) => {
  const call = await declare(await serveCloudflow(t));
  await call('UpdateFlow', { Name: 'f', Description: '', RoleArn: '' });
  assert.partialDeepStrictEqual(await call('DescribeFlow', { Name: 'f' }), { Description: '', RoleArn: '' });
  await call('UpdateSchedule', { ...ON, Description: '', Payload: '' });
  const left = { CronExpression: '30 9 * * * *', Description: '', Payload: '' };
  assert.partialDeepStrictEqual(await call('DescribeSchedule', ON), left);
});

test('a thousand may be asked for', async (t) => {
  const call = await declare(await serveCloudflow(t));
  assert.equal((await call('ListFlows', { Limit: 1000 })).Flows.length, 1);
  assert.equal((await call('ListSchedules', { FlowName: 'f', Limit: 1000 })).Schedules.length, 1);
  assert.equal((await call('ListFlows', { Limit: 1001 })).Code, 'InvalidArgument');
});
