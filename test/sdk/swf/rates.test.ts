import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Decision } from '../../../src/apis/swf/machine/decisions.ts';
import {
  cancelExternal,
  child,
  complete,
  marker,
  schedule,
  signalExternal,
  timer,
} from '../../apis/swf/machine/decisions.ts';
import { domain, openWorld, type SdkWorld } from './sdk-world.ts';
import { createClient, refuses } from './swf-client.ts';

const once = (name: string): Record<string, number> => ({ [`swf.rate.${name}`]: 1 });

test('an operation beyond its rate is throttled until the bucket has filled again', async (context) => {
  const world = await openWorld(context, { limits: once('DescribeDomain') });
  const describe = () => world.swf.describeDomain({ name: domain });
  await describe();
  await refuses(describe(), 'ThrottlingException', 'Rate exceeded');
  await world.swf.listDomains({ registrationStatus: 'REGISTERED' });
  await world.advance(1_000);
  await describe();
});

test('each region has buckets of its own', async (context) => {
  const world = await openWorld(context, { limits: once('ListDomains') });
  const elsewhere = createClient(world.server, { region: 'eu-west-1' });
  context.after(() => elsewhere.destroy());
  const query = { registrationStatus: 'REGISTERED' } as const;
  await world.swf.listDomains(query);
  await elsewhere.listDomains(query);
  await refuses(world.swf.listDomains(query), 'ThrottlingException', 'Rate exceeded');
});

test('each execution has a bucket of its own', async (context) => {
  const world = await openWorld(context, { limits: once('execution.SignalWorkflowExecution') });
  await world.start({}, 'V');
  await world.start({}, 'W');
  await world.signal('a', 'V');
  await refuses(world.signal('b', 'V'), 'ThrottlingException', 'Rate exceeded');
  await world.signal('c', 'W');
});

/** The last events of W after a batch in which the second decision comes too fast. */
async function historyAfter(
  context: TestContext,
  kind: string,
  decisions: readonly Decision[],
): Promise<string> {
  const world = await openWorld(context, { limits: once(`decision.${kind}`) });
  const run = await world.start();
  await world.decide(...decisions);
  return after4(world, run);
}

async function after4(world: SdkWorld, run: { workflowId: string; runId: string }): Promise<string> {
  await world.quiet();
  const history = await world.history(run);
  return history.slice(history.indexOf(' 5 ') + 1);
}

const old = { activityType: { name: 'Old', version: '1' } };

const tooFast: readonly (readonly [name: string, decisions: readonly Decision[], expected: RegExp])[] = [
  [
    'ScheduleActivityTask',
    [schedule('a'), schedule('b')],
    /^5 ATS\(d4\) 6 \w+Failed\(d4,ACTIVITY_CREATION_RATE_EXCEEDED\) 7 DTS$/,
  ],
  [
    'StartTimer',
    [timer('t', '9'), timer('u', '9')],
    /^5 TimerStarted\(t,9,d4\) 6 StartTimerFailed\(u,d4,TIMER_CREATION_RATE_EXCEEDED\) 7 DTS$/,
  ],
  [
    'StartChildWorkflowExecution',
    [child('C'), child('D')],
    / 6 StartChildFailed\(D,i0,d4,CHILD_CREATION_RATE_EXCEEDED\) 7 DTS/,
  ],
  [
    'SignalExternalWorkflowExecution',
    [signalExternal('X'), signalExternal('Y')],
    / 6 SignalExternalFailed\(Y,i0,d4,SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED\) 7 DTS/,
  ],
  [
    'RequestCancelExternalWorkflowExecution',
    [cancelExternal('X'), cancelExternal('Y')],
    / 6 CancelExternalFailed\(Y,i0,d4,REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED\) 7 DTS/,
  ],
];

for (const [name, decisions, expected] of tooFast) {
  test(`${name} beyond its rate fails`, async (context) => {
    assert.match(await historyAfter(context, name, decisions), expected);
  });
}

/** What else is wrong with the second decision is its cause. */
const wrongAnyway: readonly (readonly [name: string, decisions: readonly Decision[], cause: string])[] = [
  ['ScheduleActivityTask', [schedule('a'), schedule('b', old)], 'ACTIVITY_TYPE_DEPRECATED'],
  ['ScheduleActivityTask', [schedule('a'), schedule('a')], 'ACTIVITY_ID_ALREADY_IN_USE'],
  ['StartTimer', [timer('t', '9'), timer('t', '9')], 'TIMER_ID_ALREADY_IN_USE'],
  [
    'StartChildWorkflowExecution',
    [child('C'), child('D', { workflowType: { name: 'None', version: '1' } })],
    'WORKFLOW_TYPE_DOES_NOT_EXIST',
  ],
];

for (const [name, decisions, cause] of wrongAnyway) {
  test(`${name} beyond its rate, but wrong anyway: ${cause}`, async (context) => {
    const history = await historyAfter(context, name, decisions);
    assert.match(history, new RegExp(`,${cause}\\)`));
    assert.doesNotMatch(history, /RATE_EXCEEDED/);
  });
}

test('a decision that is not permitted fails for that, however fast it comes', async (context) => {
  const statements = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'swf:StartTimer', Resource: '*' },
  ];
  const keys = [{ id: 'DECIDER', secret: 'd', policies: [{ Version: '2012-10-17', Statement: statements }] }];
  const world = await openWorld(context, { keys, limits: once('decision.StartTimer') });
  const credentials = { accessKeyId: 'DECIDER', secretAccessKey: 'd' };
  const decider = createClient(world.server, { credentials });
  context.after(() => decider.destroy());
  const run = await world.start();
  const { taskToken } = await world.poll();
  const decisions = [timer('t', '9'), timer('u', '9'), marker('m')];
  await decider.respondDecisionTaskCompleted({ taskToken, decisions: decisions as never });
  const cause = 'd4,OPERATION_NOT_PERMITTED';
  assert.equal(
    await after4(world, run),
    `5 StartTimerFailed(t,${cause}) 6 StartTimerFailed(u,${cause}) 7 MarkerRecorded(m,d4) 8 DTS`,
  );
  await world.decide(complete());
});
