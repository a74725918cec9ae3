import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { defaultLimits } from '../../../../src/apis/swf/machine/values.ts';
import type { EffectOutcome } from '../../../../src/kernel/machine.ts';
import { complete, lambda } from './decisions.ts';
import { attributesOf, beginning, historyOf, type SwfRun, SwfWorld } from './swf-world.ts';

function running(world: SwfWorld, more: Parameters<typeof lambda>[1] = {}): SwfRun {
  const run = world.start({ lambdaRole: 'arn:role' });
  world.decide(run, lambda('l1', more));
  return run;
}

const before = `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 LambdaFunctionStarted(s5)`;

test('a scheduled function echoes what was given and how long it may run', () => {
  const world = new SwfWorld();
  const run = running(world, { input: '[1]', control: 'c' });
  assert.deepEqual(attributesOf(run, 5), {
    id: 'l1',
    name: 'resize',
    control: 'c',
    input: '[1]',
    startToCloseTimeout: '900',
    decisionTaskCompletedEventId: 4,
  });
  assert.deepEqual([...swfMachine.effects(run.state)][0]?.input, {
    functionName: 'resize',
    id: 'l1',
    input: '[1]',
    lambdaRole: 'arn:role',
  });
});

const outcomes: readonly (readonly [string, EffectOutcome, string])[] = [
  ['text', { ok: true, value: 'x' }, 'LambdaFunctionCompleted(s5,st6,result=x)'],
  ['a value', { ok: true, value: { n: 1 } }, 'LambdaFunctionCompleted(s5,st6,result={"n":1})'],
  ['nothing', { ok: true, value: undefined }, 'LambdaFunctionCompleted(s5,st6)'],
  [
    'an unknown function',
    { ok: false, error: 'ResourceNotFoundException' },
    'LambdaFunctionFailed(s5,st6,reason=ResourceNotFoundException)',
  ],
  [
    'an error',
    { ok: false, error: 'Unhandled', details: { errorMessage: 'm' } },
    'LambdaFunctionFailed(s5,st6,reason=Unhandled,details={"errorMessage":"m"})',
  ],
];

for (const [name, outcome, expected] of outcomes) {
  test(`the outcome is ${name}`, () => {
    const world = new SwfWorld();
    const run = running(world);
    world.finish(run, 'l5', outcome);
    assert.equal(world.history(run), `${before} 7 ${expected} 8 DTS`);
    assert.equal(run.state.open.lambdas, 0);
  });
}

test('reason and details are cut to what an event may hold', () => {
  const world = new SwfWorld();
  const run = running(world);
  world.finish(run, 'l5', { ok: false, error: 'e'.repeat(300), details: 'd'.repeat(40_000) });
  const { reason, details } = attributesOf(run, 7) as { reason: string; details: string };
  assert.deepEqual([reason.length, details.length], [256, 32_768]);
});

test('a function that runs too long times out, and what comes later is dropped', () => {
  const world = new SwfWorld();
  const run = running(world, { startToCloseTimeout: '5' });
  assert.equal(swfMachine.wake(run.state), world.now + 5_000);
  world.advance(5_000);
  world.finish(run, 'l5', { ok: true, value: 'late' });
  assert.equal(world.history(run), `${before} 7 LambdaFunctionTimedOut(s5,st6,START_TO_CLOSE) 8 DTS`);
});

test('the id of a finished function may be used again, that of an open one not', () => {
  const world = new SwfWorld();
  const run = running(world);
  world.finish(run, 'l5', { ok: true, value: 'x' });
  world.decide(run, lambda('l1'), lambda('l1'));
  assert.match(
    world.history(run),
    /11 LambdaFunctionScheduled\(l1,d10\) 12 ScheduleLambdaFunctionFailed\(l1,d10,ID_ALREADY_IN_USE\) 13 DTS 14 LambdaFunctionStarted\(s11\)$/,
  );
});

test('open functions are limited', () => {
  const world = new SwfWorld();
  const run = world.start({ lambdaRole: 'r', limits: { ...defaultLimits, openLambdas: 1 } });
  world.decide(run, lambda('l1'), lambda('l2'));
  assert.match(
    world.history(run),
    /6 ScheduleLambdaFunctionFailed\(l2,d4,OPEN_LAMBDA_FUNCTIONS_LIMIT_EXCEEDED\)/,
  );
});

test('a function is not started when its batch closes the execution', () => {
  const world = new SwfWorld();
  const run = world.start({ lambdaRole: 'r' });
  world.decide(run, lambda('l1'), complete());
  world.advance(1_000);
  assert.equal(
    world.history(run),
    `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 WorkflowExecutionCompleted(d4)`,
  );
  assert.equal(run.state.open.lambdas, 1);
  assert.deepEqual([...swfMachine.effects(run.state)], []);
});

test('an outcome for an execution that has closed is dropped', () => {
  const world = new SwfWorld();
  const run = running(world);
  world.apply(run, { type: 'terminate' });
  world.finish(run, 'l5', { ok: true, value: 'late' });
  assert.equal(historyOf(run).length, 7);
});

test('an outcome for a function that has not started is dropped', () => {
  const world = new SwfWorld();
  const run = world.start({ lambdaRole: 'arn:role' });
  world.poll(run);
  world.respond(run, [lambda('l1')]);
  world.finish(run, 'l5', { ok: true, value: 'early' });
  assert.equal(world.history(run), `${beginning} 5 LambdaFunctionScheduled(l1,d4)`);
});
