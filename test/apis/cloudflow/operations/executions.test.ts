import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../../support/toy-kernel.ts';
import {
  type Answer,
  CALLBACK,
  type CloudflowWorld,
  code,
  execution,
  flow,
  openWith,
  openWorld,
  PASS,
  tokenOf,
  waitFor,
} from './cloudflow-world.ts';

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
