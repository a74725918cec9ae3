import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import type { Command } from '../../../../src/apis/cloudflow/machine/commands.ts';
import { call, details, invoke, mark, put, states, steps, types } from './definitions.ts';
import { type FlowRun, machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const WIND_DOWN: Command = { kind: 'wind-down', error: 'Gone', cause: 'it is over' };
const STOPPED = { error: 'Gone', cause: 'it is over' };

/** Begins with calls of functions unanswered, and lets the execution end after its steps at work. */
function windDown(definition: string, input: JsonObject = {}): { world: FlowWorld; run: FlowRun } {
  const world = new FlowWorld();
  world.held.add('function');
  const run = world.start(definition, input);
  world.apply(run, WIND_DOWN);
  return { world, run };
}

const answer = (world: FlowWorld): void => {
  world.held.clear();
  world.settle();
};

test('the step at work is finished, and none after it begins', () => {
  const { world, run } = windDown(steps([call('echo'), mark('never')]), { a: 1 });
  assert.equal(run.state.status, 'Running');
  answer(world);
  assert.match(types(run), /TaskStarted TaskSucceeded StepSucceeded StepExited ExecutionStopped$/);
  assert.deepEqual(details(run, 'ExecutionStopped'), [STOPPED]);
  assert.equal(world.calls.echo, 1);
});

test('where it is the last one the execution has succeeded', () => {
  const { world, run } = windDown(steps([call('echo')]), { a: 1 });
  answer(world);
  assert.deepEqual(run.state.outcome, { ok: true, output: { a: 1 } });
});

test('mere waits end at once', () => {
  for (const list of [
    [{ type: 'wait', name: 'w', duration: 60 }],
    [{ type: 'parallel', name: 'p', branches: [1, 2].map((duration) => ({ steps: [waiting(duration)] })) }],
  ])
    assert.equal(windDown(steps(list)).run.state.status, 'Stopped');
});

const waiting = (duration: number): JsonObject => ({ type: 'wait', name: `w${duration}`, duration });

test('a wait does not go on to another step while others work', () => {
  const branches = [[waiting(1), mark('never')], [call('echo')]].map((list) => ({ steps: list }));
  const { world, run } = windDown(steps([{ type: 'parallel', name: 'p', branches }]));
  world.advance(10);
  assert.equal(run.state.status, 'Running');
  assert.equal(machine.wake(run.state), undefined);
  answer(world);
  assert.equal(run.state.status, 'Stopped');
  assert.deepEqual(
    run.events.filter(({ step }) => step === 'never'),
    [],
  );
});

test('a callback is waited for, and its report is taken', () => {
  const task = call('echo', { pattern: 'waitForCallback' });
  const { world, run } = windDown(steps([task, mark('never')]));
  answer(world);
  assert.equal(run.state.status, 'Running');
  assert.equal(world.report(run, { ok: true, output: {} }), 7);
  assert.equal(run.state.status, 'Stopped');
});

test('a task that fails has its retries', () => {
  const retry = [{ errors: ['FnF.ALL'], intervalSeconds: 5, maxAttempts: 3 }];
  const { world, run } = windDown(steps([call('flaky', { retry }), mark('never')]));
  answer(world);
  assert.equal(run.state.status, 'Running');
  world.finish();
  assert.equal(world.calls.flaky, 3);
  assert.match(types(run), /TaskSucceeded StepSucceeded StepExited ExecutionStopped$/);
});

test('what is caught goes on nowhere, what is not fails the execution', () => {
  const caught = call('boom', { catch: [{ errors: ['FnF.ALL'], goto: 'never' }] });
  for (const [task, status] of [
    [caught, 'Stopped'],
    [call('boom'), 'Failed'],
  ] as const) {
    const { world, run } = windDown(steps([task, mark('never')]));
    answer(world);
    assert.equal(run.state.status, status);
    assert.deepEqual(details(run, 'StepEntered').length, 1);
  }
});

test('iterations that have begun finish their step, others do not begin', () => {
  const each = {
    type: 'foreach',
    name: 'each',
    iterationMapping: { collection: '$.items', item: 'n' },
    steps: [call('square'), call('inc', { inputMappings: [put('i', 1)] })],
  };
  const items = Array.from({ length: 150 }, (_, n) => n);
  const { world, run } = windDown(steps([each]), { items });
  answer(world);
  assert.deepEqual(world.calls, { square: 100 });
  assert.equal(run.state.status, 'Stopped');
});

test('a map run begins no more children, and ends with those that run', () => {
  const processor = { StartAt: 'echo', States: [invoke('echo'), { Type: 'Pass', Name: 'x', End: true }] };
  const config = { ProcessorConfig: { ExecutionMode: 'Standard' }, MaxConcurrency: 2 };
  const definition = states([
    { Type: 'Map', Name: 'm', ItemsPath: '$Input.items', Processor: processor, ...config, End: true },
  ]);
  const { world, run } = windDown(definition, { items: [1, 2, 3, 4] });
  assert.equal(run.state.status, 'Running');
  answer(world);
  assert.equal(run.state.status, 'Stopped');
  const [mapRun] = Object.values(run.state.mapRuns);
  assert.deepEqual([mapRun?.status, mapRun?.counts.succeeded, mapRun?.counts.aborted], ['Stopped', 2, 2]);
});

test('a time-out of the whole flow still counts, and it may be stopped meanwhile', () => {
  const timed = windDown(steps([call('echo')], { timeoutSeconds: 5 }));
  timed.world.advance(5);
  assert.equal(timed.run.state.status, 'TimedOut');
  const stopped = windDown(steps([call('echo')]));
  stopped.world.apply(stopped.run, { kind: 'stop', error: 'Halt', cause: '' });
  assert.equal(stopped.run.state.status, 'Stopped');
});

test('one that has ended takes no notice', () => {
  const world = new FlowWorld();
  const run = world.start(steps([mark('m')]));
  const { length } = run.journal;
  world.apply(run, WIND_DOWN);
  assert.equal(run.journal.length, length);
});

test('one that is told twice keeps its first reason', () => {
  const { world, run } = windDown(steps([call('echo'), mark('never')]));
  world.apply(run, { ...WIND_DOWN, error: 'Other' });
  answer(world);
  assert.deepEqual(details(run, 'ExecutionStopped'), [STOPPED]);
});
