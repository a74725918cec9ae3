import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rejection } from '../../../../src/kernel/errors.ts';
import { call, details, invoke, last, mark, put, states, steps, types } from './definitions.ts';
import { machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

test('stopping ends whatever is active', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const wait = { type: 'wait', name: 'w', duration: 60 };
  const branches = [[wait], [call('echo')], [call('upper', { pattern: 'waitForCallback' })]];
  const fork = { type: 'parallel', name: 'p', branches: branches.map((list) => ({ steps: list })) };
  const run = world.start(steps([fork]));
  assert.equal([...machine.effects(run.state)].length, 2);
  world.now += 1_000;
  world.apply(run, { kind: 'stop', error: 'Halt', cause: 'enough' });
  assert.deepEqual(details(run, 'ExecutionStopped'), [{ error: 'Halt', cause: 'enough' }]);
  assert.deepEqual(run.state.outcome, { ok: false, error: 'Halt', cause: 'enough' });
  assert.deepEqual([...machine.effects(run.state)], []);
  assert.equal(machine.wake(run.state), undefined);
  const { status, vendorStatus, endedAt } = machine.summary(run.state);
  assert.deepEqual([status, vendorStatus, endedAt], ['terminated', 'Stopped', world.now]);
  assert.throws(
    () => world.apply(run, { kind: 'stop', error: 'Halt', cause: '' }),
    (error) => (error as Rejection).reason === 'ExecutionAlreadyCompleted',
  );
});

test('what comes too late of its own accord is no error', () => {
  const world = new FlowWorld();
  const run = world.start(steps([mark('m')]));
  const { length } = run.journal;
  const outcome = { ok: true, output: {} } as const;
  world.apply(run, { kind: 'tick' });
  world.apply(run, { kind: 'effect-finished', key: 't2.1', outcome: { ok: true, value: {} } });
  world.apply(run, { kind: 'child-ended', taskEventId: 2, executionName: 'c', outcome });
  assert.equal(run.journal.length, length);
});

test('the summary of what runs, and of what is kept for a time', () => {
  const world = new FlowWorld();
  const flow = { name: 'f', mode: 'Standard', roleArn: '', version: '3' } as const;
  const wait = steps([{ type: 'wait', name: 'w', duration: 60 }]);
  const run = world.start(wait, {}, { flow, limits: { retentionMs: 1_000 } });
  const shown = { type: 'f', typeVersion: '3', tags: [], detail: {} };
  assert.deepEqual(machine.summary(run.state), { status: 'running', vendorStatus: 'Running', ...shown });
  world.finish();
  const ended = { status: 'succeeded', vendorStatus: 'Succeeded', endedAt: world.now };
  assert.deepEqual(machine.summary(run.state), { ...ended, ...shown, expiresAt: world.now + 1_000 });
});

const loop = steps([
  { type: 'pass', name: 'again' },
  { type: 'choice', name: 'c', choices: [{ condition: '1 == 1', goto: 'again' }] },
]);

test('a loop without end meets the limit on events, which is the length of its history', () => {
  const world = new FlowWorld();
  const run = world.start(loop, {}, { limits: { events: 200 } });
  assert.equal(run.events.length, 200);
  assert.equal(run.events.at(-1)?.type, 'ExecutionFailed');
  assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.EventLimitExceeded');
});

test('a long loop gives others their turn', () => {
  const world = new FlowWorld();
  const run = world.start(loop, {}, { limits: { events: 5_000 } });
  assert.equal(run.events.length, 5_000);
  const ticks = run.turns;
  assert.ok(ticks > 1, `${ticks} turns`);
});

for (const events of [10, 11, 12]) {
  test(`a history of ten events with a limit of ${events}`, () => {
    const run = new FlowWorld().start(steps([mark('a'), mark('b')]), {}, { limits: { events } });
    assert.equal(run.state.status, 'Succeeded');
  });
}

test('one event less is not enough', () => {
  const run = new FlowWorld().start(steps([mark('a'), mark('b')]), {}, { limits: { events: 9 } });
  assert.equal(run.events.length, 9);
  assert.equal(run.state.status, 'Failed');
});

test('wherever the limit falls, the execution ends with it', () => {
  const inner = { StartAt: 'boom', States: [invoke('boom')] };
  const config = { ProcessorConfig: { ExecutionMode: 'Standard' }, ToleratedFailureCount: 1 };
  const map = { Type: 'Map', Name: 'm', ItemsPath: '[1, 2]', Processor: inner, ...config, Next: 'echo' };
  const Catch = [{ Errors: ['FnF.ALL'], Next: 'end' }];
  const definition = states([{ ...map, Catch }, invoke('echo'), last('end')]);
  for (let events = 2; events < 12; events++) {
    const run = new FlowWorld().start(definition, {}, { limits: { events } });
    assert.equal(run.events.length, events);
    assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.EventLimitExceeded');
  }
});

test('a report that meets the limit is answered by the event that ends the execution', () => {
  const world = new FlowWorld();
  const run = world.start(
    steps([call('echo', { pattern: 'waitForCallback' })]),
    {},
    { limits: { events: 7 } },
  );
  assert.equal(world.report(run, { ok: true, output: {} }), 7);
  assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.EventLimitExceeded');
});

const text = 'x'.repeat(600);

test('a step whose data is too large ends the execution, whatever catches', () => {
  const task = call('echo', { catch: [{ errors: ['FnF.ALL'], goto: 'end' }] });
  const limits = { stepBytes: 1_000 };
  const run = new FlowWorld().start(steps([task, mark('end')]), { text }, { limits });
  assert.match(
    types(run),
    /StepEntered StepStarted TaskScheduled TaskStarted TaskSucceeded ExecutionFailed$/,
  );
  assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.DataLimitExceeded');
});

test('a state whose output is too large fails, and can be caught', () => {
  const wide = { OutputConstructor: { 'twice.$': 'toArray($Input.text, $Input.text)' } };
  const Catch = [{ Errors: ['FnF.DataLimitExceeded'], Next: 'end' }];
  const limits = { stepBytes: 1_000 };
  const run = new FlowWorld().start(
    states([invoke('echo', { ...wide, Catch }), last('end')]),
    { text },
    { limits },
  );
  assert.deepEqual(run.state.outcome, { ok: true, output: { at: 'end' } });
});

test('results that are too deep to be walked over are refused', () => {
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  const world = new FlowWorld();
  const run = world.start(states([invoke('echo', { TaskMode: 'WaitForCustomCallback' })]));
  world.report(run, { ok: true, output: deep });
  assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.DataLimitExceeded');
});

test('values that grow level by level end before they are too deep', () => {
  const branch = { StartAt: 'p', States: [{ Type: 'Pass', Name: 'p', End: true }] };
  const fork = { Type: 'Parallel', Name: 'fork', Branches: [branch], Next: 'c' };
  const choice = {
    Type: 'Choice',
    Name: 'c',
    Branches: [{ Condition: '1 == 1', Next: 'fork' }],
    Default: 'fork',
  };
  const world = new FlowWorld();
  const run = world.start(states([fork, choice]), {}, { limits: { stepBytes: 0, events: 0 } });
  assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, 'FnF.DataLimitExceeded');
});

test('foreach begins no more iterations than may run at a time', () => {
  const ask = call('echo', { pattern: 'waitForCallback', outputMappings: [put('ok', '$local.ok')] });
  const each = {
    type: 'foreach',
    name: 'f',
    iterationMapping: { collection: '$.list', item: 'i' },
    steps: [ask],
  };
  const world = new FlowWorld();
  const run = world.start(steps([each]), { list: [1, 2, 3, 4, 5] }, { limits: { foreachConcurrency: 2 } });
  const open = () => Object.values(run.state.steps).filter(({ task }) => task !== undefined).length;
  for (const expected of [2, 2, 2, 2, 1]) {
    assert.equal(open(), expected);
    const [id] = Object.entries(run.state.steps).find(([, { task }]) => task !== undefined) ?? [];
    world.report(run, { ok: true, output: { ok: true } }, Number(id));
  }
  assert.equal(run.state.status, 'Succeeded');
});

test('the same command at the same place has the same randomness', () => {
  const random = { Type: 'Pass', Name: 'r', End: true };
  const definition = states([{ ...random, OutputConstructor: { 'a.$': 'uuid()', 'b.$': 'uuid()' } }]);
  const outputs = [new FlowWorld(), new FlowWorld()].map((world) => world.start(definition).state.outcome);
  assert.deepEqual(outputs[0], outputs[1]);
  const { a, b } = (outputs[0] as unknown as { output: Record<string, string> }).output;
  assert.notEqual(a, b);
});
