import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../../support/toy-kernel.ts';
import {
  type Answer,
  CALLBACK,
  type CloudflowWorld,
  code,
  flow,
  openWorld,
  PASS,
  waitFor,
} from './cloudflow-world.ts';

const execution = (name: string) => ({ FlowName: 'f', ExecutionName: name });

async function openWith(test: Parameters<typeof openWorld>[0], definition: string): Promise<CloudflowWorld> {
  const world = await openWorld(test);
  await world.call('CreateFlow', flow('f', definition));
  return world;
}

/** Whether it has come yet. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  await settle();
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending;
}

test('a second start of an open execution gives the first one', async (t) => {
  const { call, cloudflow } = await openWith(t, waitFor(5));
  const first = await call('StartExecution', { ...execution('e1'), Input: '{"a":1}' });
  const second = await call('StartExecution', { ...execution('e1'), Input: '{"a":2}' });
  assert.equal(first.Status, 'Starting');
  assert.deepEqual([second.Name, second.Status, second.Input], ['e1', 'Running', '{"a":1}']);
  assert.equal(second.StartedTime, first.StartedTime);
  assert.equal((await call('ListExecutions', { FlowName: 'f' })).Executions.length, 1);
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
});

test('a start of an execution that has ended is refused', async (t) => {
  const { call } = await openWith(t, PASS);
  await call('StartExecution', execution('e1'));
  assert.equal(code(await call('StartExecution', execution('e1'))), '400 ExecutionAlreadyExists');
});

test('of many starts at the same time one starts, though it ends at once', async (t) => {
  const { call } = await openWith(t, PASS);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('StartExecution', execution('e1'))),
  );
  const codes = answers.map((answer) => answer.Code ?? answer.Status).sort();
  assert.deepEqual(codes, [...Array.from({ length: 19 }, () => 'ExecutionAlreadyExists'), 'Starting']);
});

test('without a name every start is a new execution', async (t) => {
  const { call } = await openWith(t, PASS);
  const [one, other] = [
    await call('StartExecution', { FlowName: 'f' }),
    await call('StartExecution', { FlowName: 'f' }),
  ];
  assert.notEqual(one.Name, other.Name);
  assert.match(one.Name, /^[0-9a-f-]{36}$/);
});

test('input is echoed byte for byte', async (t) => {
  const { call } = await openWith(t, PASS);
  const Input = '{ "a" : 1 }';
  assert.equal((await call('StartExecution', { ...execution('e1'), Input })).Input, Input);
  assert.equal((await call('DescribeExecution', execution('e1'))).Input, Input);
});

const BAD_INPUTS: Readonly<Record<string, string>> = {
  'an array': '[1]',
  'no JSON': '{',
  null: 'null',
  'too large': JSON.stringify({ a: 'x'.repeat(65_536) }),
  'too deep': `{"a":${'['.repeat(201)}${']'.repeat(201)}}`,
};

for (const [what, Input] of Object.entries(BAD_INPUTS)) {
  test(`an input that is ${what} is refused`, async (t) => {
    const { call } = await openWith(t, PASS);
    assert.equal(code(await call('StartExecution', { FlowName: 'f', Input })), '400 InvalidArgument');
  });
}

test('a poll is answered when its time is over', async (t) => {
  const { call, pass } = await openWith(t, waitFor(6));
  await call('StartExecution', execution('e1'));
  const poll = call('DescribeExecution', { ...execution('e1'), WaitTimeSeconds: 2 });
  await pass(1.9);
  assert.ok(await isPending(poll));
  await pass(0.1);
  const { Status, Output, StoppedTime } = await poll;
  assert.deepEqual([Status, Output, StoppedTime], ['Running', '', '']);
});

test('a poll is answered when the execution ends', async (t) => {
  const { call, pass } = await openWith(t, waitFor(6));
  await call('StartExecution', execution('e1'));
  const poll = call('DescribeExecution', { ...execution('e1'), WaitTimeSeconds: 20 });
  await pass(5.9);
  assert.ok(await isPending(poll));
  await pass(0.1);
  const { Status, Output, StoppedTime } = await poll;
  assert.deepEqual([Status, Output], ['Succeeded', '{}']);
  assert.notEqual(StoppedTime, '');
});

test('a poll ends when its client leaves, and nothing of it stays', async (t) => {
  const { call, clock } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('e1'));
  const before = clock.waiting;
  const gone = new AbortController();
  const poll = call('DescribeExecution', { ...execution('e1'), WaitTimeSeconds: 20 }, gone);
  await settle();
  assert.equal(clock.waiting, before + 1);
  gone.abort();
  await settle();
  assert.equal(clock.waiting, before);
  assert.equal((await poll).Status, 'Running');
});

test('a stopped execution says so, once', async (t) => {
  const { call } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('e2'));
  const stopped = await call('StopExecution', { ...execution('e2'), Error: 'X', Cause: 'c' });
  assert.equal(stopped.Status, 'Running');
  assert.notEqual(stopped.StoppedTime, '');
  assert.equal(stopped.RoleArn, undefined);
  const { Status, Output } = await call('DescribeExecution', execution('e2'));
  assert.deepEqual([Status, Output], ['Stopped', '']);
  assert.equal(code(await call('StopExecution', execution('e2'))), '400 ExecutionAlreadyCompleted');
  const { Events } = await call('GetExecutionHistory', execution('e2'));
  const last = Events.at(-1);
  assert.equal(last.Type, 'ExecutionStopped');
  assert.deepEqual(JSON.parse(last.EventDetail), { error: 'X', cause: 'c' });
});

const MISSING: readonly (readonly [string, (world: CloudflowWorld) => Promise<Answer>, string])[] = [
  ['start', ({ call }) => call('StartExecution', { FlowName: 'nope' }), '404 FlowNotExists'],
  [
    'describe in no flow',
    ({ call }) => call('DescribeExecution', { FlowName: 'nope', ExecutionName: 'e' }),
    '404 FlowNotExists',
  ],
  ['describe', ({ call }) => call('DescribeExecution', execution('nope')), '404 ExecutionNotExists'],
  ['stop', ({ call }) => call('StopExecution', execution('nope')), '404 ExecutionNotExists'],
  ['history', ({ call }) => call('GetExecutionHistory', execution('nope')), '404 ExecutionNotExists'],
  [
    'map run',
    ({ call }) => call('DescribeMapRun', { ...execution('nope'), MapRunName: 'm' }),
    '404 ExecutionNotExists',
  ],
  [
    'sync start of a standard flow',
    ({ call }) => call('StartSyncExecution', { FlowName: 'f' }),
    '400 ActionNotSupported',
  ],
  [
    'another account',
    ({ call }) => call('DescribeFlow', { Name: 'f' }, { account: '999' }),
    '404 FlowNotExists',
  ],
  [
    'another region',
    ({ call }) => call('DescribeFlow', { Name: 'f' }, { region: 'cn-beijing' }),
    '404 FlowNotExists',
  ],
];

for (const [what, ask, expected] of MISSING) {
  test(`${what} of what there is not is refused`, async (t) => {
    assert.equal(code(await ask(await openWith(t, PASS))), expected);
  });
}

test('an open execution keeps the definition that it was started with', async (t) => {
  const { call } = await openWith(t, waitFor(5));
  await call('StartExecution', execution('e3'));
  await call('UpdateFlow', { Name: 'f', Definition: PASS });
  await call('StartExecution', execution('e4'));
  const old = await call('DescribeExecution', execution('e3'));
  assert.deepEqual([old.Status, old.FlowDefinition], ['Running', waitFor(5)]);
  const next = await call('DescribeExecution', execution('e4'));
  assert.deepEqual([next.Status, next.FlowDefinition], ['Succeeded', PASS]);
});

test('pages of executions, open and closed, hold each of them once, newest first', async (t) => {
  const { call, clock, pass } = await openWith(t, waitFor(60));
  for (let number = 0; number < 130; number++) {
    await call('StartExecution', execution(`e${number}`));
    clock.advance(number % 3 === 0 ? 0 : 1000);
  }
  await pass(0);
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const page: Answer = await call('ListExecutions', {
      FlowName: 'f',
      Limit: 60,
      ...(token && { NextToken: token }),
    });
    pages.push(page.Executions.map(({ Name }: Answer) => Name));
    token = page.NextToken;
    // More end between the pages.
    await pass(3);
  } while (token !== undefined);
  assert.deepEqual(
    pages.map(({ length }) => length),
    [60, 60, 10],
  );
  assert.equal(new Set(pages.flat()).size, 130);
  const times = await call('ListExecutions', { FlowName: 'f', Limit: 100 });
  const started = times.Executions.map(({ StartedTime }: Answer) => StartedTime);
  assert.deepEqual(started, started.toSorted().reverse());
});

test('lists are filtered', async (t) => {
  const { call, clock } = await openWith(t, waitFor(2));
  await call('PublishFlowVersion', { FlowName: 'f' });
  await call('StartExecution', { ...execution('old-1'), Qualifier: '1' });
  clock.advance(10_000);
  await settle();
  const begin = new Date(clock.now()).toISOString();
  await call('StartExecution', execution('new-1'));
  await call('StartExecution', execution('new-2'));
  await call('StopExecution', execution('new-2'));
  const names = async (filter: object): Promise<string[]> =>
    (await call('ListExecutions', { FlowName: 'f', ...filter })).Executions.map(
      ({ Name }: Answer) => Name,
    ).sort();
  assert.deepEqual(await names({}), ['new-1', 'new-2', 'old-1']);
  assert.deepEqual(await names({ Status: 'Running' }), ['new-1']);
  assert.deepEqual(await names({ Status: 'Stopped' }), ['new-2']);
  assert.deepEqual(await names({ Status: 'Succeeded' }), ['old-1']);
  assert.deepEqual(await names({ ExecutionNamePrefix: 'new-' }), ['new-1', 'new-2']);
  assert.deepEqual(await names({ StartedTimeBegin: begin }), ['new-1', 'new-2']);
  assert.deepEqual(await names({ StartedTimeEnd: begin, ExecutionNamePrefix: 'old' }), ['old-1']);
  assert.deepEqual(await names({ Qualifier: '1' }), ['old-1']);
  assert.deepEqual(await names({ MapRunName: 'none' }), []);
});

test('a page token is good for its own list only', async (t) => {
  const { call, clock } = await openWith(t, PASS);
  for (const name of ['a', 'b', 'c']) await call('StartExecution', execution(name));
  const { NextToken } = await call('ListExecutions', { FlowName: 'f', Limit: 1 });
  const again = (input: object) => call('ListExecutions', { FlowName: 'f', Limit: 1, NextToken, ...input });
  assert.equal((await again({})).Executions.length, 1);
  assert.equal(code(await again({ Status: 'Succeeded' })), '400 InvalidArgument');
  assert.equal(code(await again({ NextToken: `x${NextToken}` })), '400 InvalidArgument');
  assert.equal(code(await again({ NextToken: 'x' })), '400 InvalidArgument');
  clock.advance(24 * 3600 * 1000 + 1);
  assert.equal(code(await again({})), '400 InvalidArgument');
});

test('metadata leaves out what may be large', async (t) => {
  const { call } = await openWith(t, PASS);
  await call('StartExecution', execution('a'));
  const [short] = (await call('ListExecutions', { FlowName: 'f', MetadataOnly: true })).Executions;
  assert.deepEqual(Object.keys(short).sort(), [
    'Environment',
    'FlowName',
    'Name',
    'StartedTime',
    'Status',
    'StoppedTime',
  ]);
});

test('pages of a history put together are the history', async (t) => {
  const { call } = await openWith(t, PASS);
  await call('StartExecution', execution('a'));
  const whole = (await call('GetExecutionHistory', execution('a'))).Events;
  const events: Answer[] = [];
  let token: string | undefined;
  do {
    const page: Answer = await call('GetExecutionHistory', {
      ...execution('a'),
      Limit: 2,
      ...(token && { NextToken: token }),
    });
    events.push(...page.Events);
    token = page.NextToken;
  } while (token !== undefined);
  assert.deepEqual(events, whole);
  assert.deepEqual(
    whole.map(({ EventId, ScheduleEventId, Type, StepName, EventDetail }: Answer) => [
      EventId,
      ScheduleEventId,
      Type,
      StepName,
      EventDetail,
    ]),
    [
      [1, 0, 'ExecutionStarted', '', '{"input":{}}'],
      [2, 1, 'StepEntered', 'only', '{"input":{},"local":{}}'],
      [3, 2, 'StepStarted', 'only', '{"input":{}}'],
      [4, 3, 'StepSucceeded', 'only', '{"output":{}}'],
      [5, 4, 'StepExited', 'only', '{"local":{}}'],
      [6, 5, 'ExecutionSucceeded', '', '{"output":{}}'],
    ],
  );
});

test('a report completes its task once, over a crash too; a token changed in one character does nothing', async (t) => {
  const before = await openWith(t, CALLBACK);
  await before.call('StartExecution', execution('a'));
  await before.call('StartExecution', execution('b'));
  const token = await tokenOf(before, 'a');
  const { call } = await before.crash();
  const wrong = token.replace(/^(.{20})(.)/, (_, start, sign) => start + (sign === 'A' ? 'B' : 'A'));
  const report = (TaskToken: string) => call('ReportTaskSucceeded', { TaskToken, Output: '{"x":1}' });
  assert.equal(code(await report(wrong)), '400 InvalidArgument');
  assert.equal(code(await report('nonsense')), '400 InvalidArgument');
  assert.equal((await call('DescribeExecution', execution('a'))).Status, 'Running');
  assert.equal(
    code(await call('ReportTaskSucceeded', { TaskToken: token, Output: '{' })),
    '400 InvalidArgument',
  );
  const foreign = await call('ReportTaskSucceeded', { TaskToken: token, Output: '{}' }, { account: '999' });
  assert.equal(code(foreign), '400 InvalidArgument');
  assert.equal(typeof (await report(token)).EventId, 'number');
  assert.equal(code(await report(token)), '400 TaskAlreadyCompleted');
  const { Status, Output } = await call('DescribeExecution', execution('a'));
  assert.deepEqual([Status, Output], ['Succeeded', '{"x":1}']);
  assert.equal((await call('DescribeExecution', execution('b'))).Status, 'Running');
});

test('an execution reports its end to the task whose token it was started with', async (t) => {
  const world = await openWith(t, CALLBACK);
  const { call } = world;
  await call('CreateFlow', flow('child', PASS));
  await call('StartExecution', execution('a'));
  const CallbackFnFTaskToken = await tokenOf(world, 'a');
  await call('StartExecution', { FlowName: 'child', CallbackFnFTaskToken });
  await settle();
  assert.equal((await call('DescribeExecution', execution('a'))).Status, 'Succeeded');
  const refused = await call('StartExecution', { FlowName: 'child', CallbackFnFTaskToken: 'x' });
  assert.equal(code(refused), '400 InvalidArgument');
});

test('one that runs already reports its end to every task whose token it was started with, over a crash too', async (t) => {
  const world = await openWith(t, CALLBACK);
  await world.call('CreateFlow', flow('child', waitFor(60)));
  const child = { FlowName: 'child', ExecutionName: 'c' };
  await world.call('StartExecution', child);
  for (const name of ['a', 'b']) {
    await world.call('StartExecution', execution(name));
    const again = { ...child, CallbackFnFTaskToken: await tokenOf(world, name) };
    assert.equal((await world.call('StartExecution', again)).Status, 'Running');
    assert.equal((await world.call('StartExecution', again)).Status, 'Running');
  }
  const { call, pass } = await world.crash();
  await pass(60);
  for (const name of ['a', 'b'])
    assert.equal((await call('DescribeExecution', execution(name))).Status, 'Succeeded');
});

async function tokenOf({ call }: CloudflowWorld, name: string): Promise<string> {
  await settle();
  const { Events } = await call('GetExecutionHistory', execution(name));
  const scheduled = Events.find(({ Type }: Answer) => Type === 'TaskScheduled');
  return JSON.parse(scheduled.EventDetail).input.token;
}

test('a deleted flow takes its executions along, and a new one of its name knows nothing of them', async (t) => {
  const { call, cloudflow } = await openWith(t, waitFor(60));
  await call('StartExecution', execution('a'));
  await call('StartExecution', execution('b'));
  await call('StopExecution', execution('b'));
  assert.deepEqual(await call('DeleteFlow', { Name: 'f' }), {});
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 FlowNotExists');
  assert.equal(code(await call('DeleteFlow', { Name: 'f' })), '404 FlowNotExists');
  await call('CreateFlow', flow('f', PASS));
  assert.deepEqual(await call('ListExecutions', { FlowName: 'f' }), { Executions: [] });
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 ExecutionNotExists');
  assert.equal((await call('StartExecution', execution('b'))).Status, 'Starting');
});

test('an execution of a deleted flow finishes the step at work, also after a crash', async (t) => {
  const before = await openWith(t, `${CALLBACK}  - type: wait\n    name: after\n    duration: 60\n`);
  await before.call('StartExecution', execution('a'));
  const TaskToken = await tokenOf(before, 'a');
  await before.call('DeleteFlow', { Name: 'f' });
  await before.call('CreateFlow', flow('f', PASS));
  const { call, cloudflow } = await before.crash();
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 ExecutionNotExists');
  assert.equal(typeof (await call('ReportTaskSucceeded', { TaskToken, Output: '{}' })).EventId, 'number');
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(
    code(await call('ReportTaskSucceeded', { TaskToken, Output: '{}' })),
    '400 TaskAlreadyCompleted',
  );
});

test('an execution of a deleted flow that waits for a report is stopped by its name', async (t) => {
  const { call, cloudflow } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('a'));
  await call('StartExecution', execution('b'));
  await call('DeleteFlow', { Name: 'f' });
  const stopped = await call('StopExecution', { ...execution('a'), Error: 'Over', Cause: 'c' });
  assert.deepEqual([stopped.Name, stopped.Status, stopped.Output], ['a', 'Running', '']);
  assert.notEqual(stopped.StoppedTime, '');
  assert.equal(code(await call('StopExecution', execution('a'))), '404 FlowNotExists');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);

  // An execution of that name of the new flow goes before.
  await call('CreateFlow', flow('f', CALLBACK));
  await call('StartExecution', execution('b'));
  await call('StopExecution', execution('b'));
  assert.equal((await call('DescribeExecution', execution('b'))).Status, 'Stopped');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  assert.equal((await call('StopExecution', execution('b'))).Name, 'b');
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(code(await call('StopExecution', execution('b'))), '400 ExecutionAlreadyCompleted');
  assert.equal(code(await call('StopExecution', execution('a'))), '404 ExecutionNotExists');
});

test('nobody stops what another account has left of a deleted flow', async (t) => {
  const { call, cloudflow } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('a'));
  await call('DeleteFlow', { Name: 'f' });
  const other = { account: '999999999999' };
  assert.equal(code(await call('StopExecution', execution('a'), other)), '404 FlowNotExists');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  await call('StopExecution', execution('a'));
});

const express = (states: string): Answer => ({
  ...flow('x', `Type: StateMachine\nSpecVersion: v1\nName: x\nStartAt: s\nStates:\n${states}`),
  ExecutionMode: 'Express',
});

test('a synchronous start answers with how it ended', async (t) => {
  const { call, pass } = await openWorld(t);
  await call(
    'CreateFlow',
    express(
      '  - {Type: Wait, Name: s, Seconds: 3, Next: e}\n  - {Type: Fail, Name: e, Code: Sad, Detail: why}',
    ) as never,
  );
  const start = call('StartSyncExecution', { FlowName: 'x', ExecutionName: 'n', Input: '{"a":1}' });
  await pass(2);
  assert.ok(await isPending(start));
  await pass(1);
  const answer = await start;
  assert.match(answer.Name, /^n:[0-9a-f-]{36}$/);
  const { Status, ErrorCode, ErrorMessage, Output } = answer;
  assert.deepEqual([Status, ErrorCode, ErrorMessage, Output], ['Failed', 'Sad', 'why', '']);
  assert.equal(answer.Code, undefined);
  assert.equal(code(await call('StartExecution', { FlowName: 'x' })), '400 ActionNotSupported');
  assert.equal(
    (await call('DescribeExecution', { FlowName: 'x', ExecutionName: answer.Name })).Status,
    'Failed',
  );
});

test('a synchronous start of what succeeds has its output', async (t) => {
  const { call } = await openWorld(t);
  await call('CreateFlow', express('  - {Type: Pass, Name: s, End: true}') as never);
  const { Status, ErrorCode, ErrorMessage, Output } = await call('StartSyncExecution', {
    FlowName: 'x',
    Input: '{"a":1}',
  });
  assert.deepEqual([Status, ErrorCode, ErrorMessage, Output], ['Succeeded', '', '', '{"a":1}']);
});

test('while the store cannot write, calls are refused and nothing has happened', async (t) => {
  const { call, store, pass, takeErrors } = await openWith(t, PASS);
  store.failNext(1);
  const answer = await call('StartExecution', execution('a'));
  assert.equal(code(answer), '500 InternalServerError');
  await pass(2);
  assert.equal(takeErrors().length, 1);
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 ExecutionNotExists');
});
