import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mostFollowers } from '../../../../src/apis/cloudflow/machine/inferred.ts';
import { waitsOf } from '../../../../src/apis/cloudflow/machine/waiting.ts';
import { call, details, mark, put, states, steps, types } from './definitions.ts';
import { type FlowRun, machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const sub = { type: 'task', name: 'sub', resourceArn: 'acs:fnf:::flow/child', pattern: 'sync' };
const start = {
  Type: 'Task',
  Name: 'sub',
  Action: 'FNF:StartExecution',
  TaskMode: 'WaitForSystemCallback',
  Parameters: { resourceArn: 'acs:fnf:::flow/child', 'input.$': '$Input' },
  End: true,
};

const fails = steps([{ type: 'fail', name: 'no', error: 'Mine', cause: 'why' }]);
const waits = steps([{ type: 'wait', name: 'w', duration: 60 }, mark('done')]);
const isLate = steps([{ type: 'wait', name: 'w', duration: 60 }], { timeoutSeconds: 5 });

function failureOf({ state }: FlowRun): unknown {
  return state.outcome?.ok === false ? [state.outcome.error, state.outcome.cause] : undefined;
}

for (const [language, definition] of [
  ['step', steps([sub])],
  ['state', states([start])],
] as const) {
  test(`a ${language} waits for its child and takes its output`, () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(definition, { a: 1 });
    const [child] = world.executionsOf('child');
    assert.ok(child);
    assert.equal(child.state.input, '{"a":1}');
    const { name: executionName } = child.identity;
    assert.deepEqual(waitsOf(run.state), [
      { step: 'sub', eventId: 2, on: { for: 'child', flowName: 'child', executionName } },
    ]);
    world.finish();
    assert.deepEqual(run.state.outcome, { ok: true, output: { done: true } });
    assert.match(types(run), /TaskStarted TaskSubmitted TaskSucceeded/);
  });

  test(`a ${language} fails as its child does`, () => {
    const world = new FlowWorld({ child: fails });
    assert.deepEqual(failureOf(world.start(definition)), ['Mine', 'why']);
  });

  test(`a ${language} hears of its child's timeout`, () => {
    const world = new FlowWorld({ child: isLate });
    const run = world.start(definition);
    world.finish();
    assert.equal((failureOf(run) as string[])[0], 'FnF.ExecutionTimeout');
  });

  test(`a ${language} sees the error with which its child was stopped`, () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(definition);
    const [child] = world.executionsOf('child');
    assert.ok(child);
    world.apply(child, { kind: 'stop', error: 'Halt', cause: 'enough' });
    assert.deepEqual(failureOf(run), ['Halt', 'enough']);
  });

  test(`the child of a ${language} is stopped with it`, () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(definition);
    world.apply(run, { kind: 'stop', error: 'Halt', cause: 'enough' });
    const [child] = world.executionsOf('child');
    assert.equal(child?.state.status, 'Stopped');
    assert.deepEqual(child && failureOf(child), ['Halt', 'enough']);
  });
}

test('children of branches are stopped when another branch fails', () => {
  const late = { type: 'wait', name: 'late', duration: 5 };
  const fork = { type: 'parallel', name: 'p', branches: [{ steps: [sub] }, { steps: [late, call('boom')] }] };
  const world = new FlowWorld({ child: waits });
  const run = world.start(steps([fork]));
  world.finish();
  assert.deepEqual(world.waits, [5]);
  assert.equal(run.state.status, 'Failed');
  assert.equal(world.executionsOf('child')[0]?.state.status, 'Stopped');
});

test('a child of an attempt that is over is not heard', () => {
  const retry = [{ errors: ['FnF.TaskTimeout'], intervalSeconds: 1, maxAttempts: 1 }];
  const world = new FlowWorld({ child: steps([{ type: 'wait', name: 'w', duration: 15 }, mark('done')]) });
  const run = world.start(steps([{ ...sub, timeoutSeconds: 10, retry }]));
  world.advance(15);
  const [first, second] = world.executionsOf('child');
  assert.equal(first?.state.status, 'Succeeded');
  assert.equal(second?.state.status, 'Running');
  assert.equal(run.state.status, 'Running', 'it waits for the second child');
  world.finish();
  assert.match(types(run), /TaskSubmitted TaskTimedOut StepFailed ExecutionFailed$/);
});

test('without waiting the task has what the start has answered', () => {
  const serviceParams = { Input: '$.given', ExecutionName: '$.name' };
  const world = new FlowWorld({ child: waits });
  const run = world.start(steps([{ ...sub, pattern: 'requestResponse', serviceParams }]), {
    given: { b: 2 },
    name: 'mine',
  });
  const output = { FlowName: 'child', Name: 'mine', Status: 'Starting', StartedTime: 't', RequestId: 'r' };
  assert.deepEqual(run.state.outcome, { ok: true, output });
  assert.equal(world.executionsOf('child')[0]?.state.input, '{"b":2}');
});

test('an execution that exists already fails the start', () => {
  const world = new FlowWorld({ child: steps([mark('m')]) });
  const twice = [sub, { ...sub, name: 'again' }].map((step) => ({
    ...step,
    serviceParams: { ExecutionName: 'same' },
  }));
  const run = world.start(steps(twice));
  assert.equal((failureOf(run) as string[])[0], 'FnF.ExecutionAlreadyExists');
  assert.match(types(run), /TaskStarted TaskSubmitFailed StepFailed ExecutionFailed$/);
});

describe('a task that starts what runs already', () => {
  const named = { ...sub, serviceParams: { ExecutionName: 'same' } };
  const flow = steps([named]);
  const child = (world: FlowWorld): FlowRun => world.executionsOf('child')[0] ?? assert.fail('no child');

  test('waits for its end, as the one that has started it', () => {
    const world = new FlowWorld({ child: waits });
    const [first, second] = [world.start(flow), world.start(flow)];
    assert.equal(world.executionsOf('child').length, 1);
    world.finish();
    for (const { state } of [first, second])
      assert.deepEqual(state.outcome, { ok: true, output: { done: true } });
  });

  test('waits though nobody else does, and though it is another step of the same execution', () => {
    const fork = { type: 'parallel', name: 'p', branches: [{ steps: [named] }, { steps: [named] }] };
    const free = { ...named, pattern: 'requestResponse', name: 'free' };
    const world = new FlowWorld({ child: waits });
    const run = world.start(steps([free, fork]));
    assert.equal(run.state.status, 'Running');
    world.finish();
    assert.equal(run.state.status, 'Succeeded');
  });

  test('leaves it to the others when it is stopped', () => {
    const world = new FlowWorld({ child: waits });
    const [first, second] = [world.start(flow), world.start(flow)];
    world.apply(second, { kind: 'stop', error: 'Halt', cause: 'enough' });
    assert.deepEqual(child(world).state.followers, []);
    world.finish();
    assert.equal(first.state.status, 'Succeeded');
    assert.deepEqual(child(world).sent, []);
  });

  test('fails when it is stopped with the one that has started it', () => {
    const world = new FlowWorld({ child: waits });
    const [first, second] = [world.start(flow), world.start(flow)];
    world.apply(first, { kind: 'stop', error: 'Halt', cause: 'enough' });
    assert.deepEqual(failureOf(second), ['Halt', 'enough']);
  });

  test('is told once, however often it has come', () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(flow);
    const { scope, name: executionName, id: executionId } = run.identity;
    const follower = { scope, executionName, executionId, taskEventId: 2 };
    for (const origin of ['a', 'a', 'b']) {
      world.apply(child(world), { kind: 'follow', follower: { ...follower, origin } });
    }
    assert.equal(child(world).state.followers?.length, 2);
    world.now += 60_000;
    child(world).apply(machine.tick(), world.now);
    assert.equal(child(world).sent.length, 1);
  });

  test('does not wait for itself', () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(flow);
    const { scope, name: executionName, id: executionId } = run.identity;
    const follower = { scope, executionName, executionId, taskEventId: 2 };
    assert.throws(() => world.apply(run, { kind: 'follow', follower }), { reason: 'InvalidArgument' });
  });

  test('is throttled when too many wait already', () => {
    const world = new FlowWorld({ child: waits });
    const run = world.start(flow);
    const { scope, name: executionName } = run.identity;
    const follow = (taskEventId: number) =>
      world.apply(child(world), {
        kind: 'follow',
        follower: { scope, executionName, executionId: 'another', taskEventId },
      });
    for (let task = 1; task <= mostFollowers; task++) follow(task);
    assert.throws(() => follow(mostFollowers + 1), { reason: 'ResourceThrottled' });
    follow(1);
    assert.equal(child(world).state.followers?.length, mostFollowers);
  });
});

test('an action that starts a flow and waits for it', () => {
  const serviceParams = { FlowName: 'child', ExecutionName: 'c1', Input: '{"n":1}' };
  const action = { type: 'task', name: 'sub', action: 'fnf:StartExecution', pattern: 'sync', serviceParams };
  const world = new FlowWorld({ child: waits });
  const run = world.start(steps([action]));
  world.finish();
  assert.deepEqual(run.state.outcome, { ok: true, output: { done: true } });
  assert.deepEqual(details(run, 'TaskScheduled'), [{ action: 'fnf:StartExecution', input: serviceParams }]);
});

test('an execution started with the token of a task reports its end to it', () => {
  const ask = call('echo', { pattern: 'waitForCallback', outputMappings: [put('got', '$local.m')] });
  const world = new FlowWorld();
  const asks = world.start(steps([ask]));
  const { scope, name: executionName, id: executionId } = asks.identity;
  const callback = { scope, executionName, executionId, taskEventId: 2 };
  world.start(steps([mark('m')]), {}, { callback });
  assert.deepEqual(asks.state.outcome, { ok: true, output: { got: true } });
});
