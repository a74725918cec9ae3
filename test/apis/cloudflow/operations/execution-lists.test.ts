import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../../support/toy-kernel.ts';
import { type Answer, code, execution, openWith, PASS, waitFor } from './cloudflow-world.ts';

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
