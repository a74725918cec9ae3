import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../../../src/apis/cloudflow/machine/commands.ts';
import { waitsOf } from '../../../../src/apis/cloudflow/machine/waiting.ts';
import type { Rejection } from '../../../../src/kernel/errors.ts';
import { call, details, invoke, mark, put, states, steps, types } from './definitions.ts';
import { machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const approve = call('echo', { pattern: 'waitForCallback', timeoutSeconds: 100 });
const yes = { ok: true, output: { approved: true } } as const;
const no = { ok: false, error: 'No', cause: 'because' } as const;
const completed = (error: unknown): boolean => (error as Rejection).reason === 'TaskAlreadyCompleted';

test('a report after the call has ended', () => {
  const world = new FlowWorld();
  const run = world.start(steps([approve]));
  assert.deepEqual(waitsOf(run.state), [
    {
      step: 'echo',
      eventId: 2,
      on: { for: 'callback', target: 'acs:fc:::services/t/functions/echo' },
      due: world.now + 100_000,
    },
  ]);
  assert.equal(world.report(run, yes), 7, 'the id of the event that was written');
  assert.match(types(run), /TaskStarted TaskSubmitted TaskSucceeded StepSucceeded/);
  assert.deepEqual(run.state.outcome, { ok: true, output: { approved: true } });
});

for (const outcome of [yes, no]) {
  test(`a report before the call has ended wins: ${outcome.ok ? 'success' : 'failure'}`, () => {
    const world = new FlowWorld();
    world.held.add('function');
    const run = world.start(steps([approve, mark('after')]));
    const [effect] = machine.effects(run.state);
    assert.equal(world.report(run, outcome), 6);
    assert.deepEqual([...machine.effects(run.state)], [], 'the call is given up');
    const { length } = run.events;
    const late = machine.effectFinished(effect?.key ?? '', { ok: false, error: 'late' });
    world.apply(run, late as Command);
    assert.equal(run.events.length, length, 'its end is nobody’s any more');
    assert.equal(run.state.status, outcome.ok ? 'Succeeded' : 'Failed');
  });
}

test('the second report is refused, whichever it is', () => {
  const wait = { type: 'wait', name: 'w', duration: 9 };
  for (const [first, second] of [
    [yes, no],
    [no, yes],
    [yes, yes],
  ] as const) {
    const world = new FlowWorld();
    const branch = [
      call('echo', { pattern: 'waitForCallback', catch: [{ errors: ['No'], goto: 'w' }] }),
      wait,
    ];
    const run = world.start(steps(branch));
    world.report(run, first);
    assert.throws(() => world.report(run, second), completed);
    world.finish();
    assert.equal(run.state.status, 'Succeeded');
    assert.throws(() => world.report(run, second), completed, 'nor after the end');
  }
});

test('reports of what waits for none, or is not there, are refused', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const run = world.start(steps([call('echo')]));
  for (const taskEventId of [1, 2, 3, 99, Number.NaN]) {
    assert.throws(() => world.report(run, yes, taskEventId), completed);
  }
});

test('a call that fails is a submission that fails', () => {
  const world = new FlowWorld();
  const run = world.start(steps([call('boom', { pattern: 'waitForCallback' })]));
  assert.match(types(run), /TaskStarted TaskSubmitFailed StepFailed ExecutionFailed$/);
});

test('while a retry pause lasts nobody can report, and the next attempt has the same token', () => {
  const world = new FlowWorld();
  const retry = [{ errors: ['No'], intervalSeconds: 5 }];
  const token = [put('token', '$context.task.token')];
  const task = call('echo', { pattern: 'waitForCallback', retry, inputMappings: token });
  const run = world.start(steps([task]));
  world.report(run, no);
  assert.throws(() => world.report(run, yes), completed);
  world.advance(5);
  assert.equal(new Set(details(run, 'TaskScheduled').map((detail) => JSON.stringify(detail.input))).size, 1);
  world.report(run, yes);
  assert.equal(run.state.status, 'Succeeded');
});

test('a result that is no object fails the attempt', () => {
  const world = new FlowWorld();
  const run = world.start(steps([approve]));
  world.report(run, { ok: true, output: [1] });
  assert.match(types(run), /TaskSubmitted TaskFailed StepFailed ExecutionFailed$/);
});

test('a state may have any JSON as its result', () => {
  const world = new FlowWorld();
  const run = world.start(states([invoke('echo', { TaskMode: 'WaitForCustomCallback' })]));
  world.report(run, { ok: true, output: [1, null] });
  assert.deepEqual(run.state.outcome, { ok: true, output: [1, null] });
});

test('express flows cannot wait for callbacks', () => {
  const flow = { name: 'f', mode: 'Express', roleArn: '', version: '' } as const;
  for (const TaskMode of ['WaitForCustomCallback', 'WaitForSystemCallback']) {
    const world = new FlowWorld();
    const run = world.start(states([invoke('echo', { TaskMode })]), {}, { flow });
    const { outcome } = run.state;
    assert.equal(outcome?.ok === false && outcome.error, 'FnF.InvalidTaskMode');
    assert.deepEqual(world.calls, {});
  }
});

test('an HTTP request carries the token', () => {
  const Parameters = { url: 'http://x/', method: 'post', body: { a: 1 }, headers: { h: 'v' } };
  const task = { Type: 'Task', Name: 't', Action: 'HTTP:Request', Parameters, End: true };
  const world = new FlowWorld();
  world.held.add('http');
  const run = world.start(states([{ ...task, TaskMode: 'WaitForCustomCallback' }]));
  const token = Buffer.from('v1#f#e1#x1#2#mac12').toString('base64');
  assert.deepEqual(
    [...machine.effects(run.state)].map(({ kind, input }) => ({ kind, input })),
    [
      {
        kind: 'http',
        input: {
          url: 'http://x/',
          method: 'POST',
          headers: { h: 'v', 'X-FnF-Http-Callback-Task-Token': token },
          body: '{"a":1}',
          isJson: true,
          idempotency: 'f/x1/2/1',
        },
      },
    ],
  );
});
