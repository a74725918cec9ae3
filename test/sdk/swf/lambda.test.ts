import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallFunction } from '../../../src/functions/call-function.ts';
import { functionFailed } from '../../../src/functions/function-failed.ts';
import { complete, lambda } from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { openWorld } from './sdk-world.ts';

const lambdaRole = 'arn:aws:iam::123456789012:role/functions';
const running = `${beginning} 5 LambdaFunctionScheduled(l,d4) 6 LambdaFunctionStarted(s5)`;

const failing = (kind: string, errorMessage: string): CallFunction => {
  const failure = functionFailed(kind, { errorType: 'Error', errorMessage });
  return () => Promise.reject(failure);
};
const details = (errorMessage: string): string =>
  `details={"errorType":"Error","errorMessage":"${errorMessage}"}`;

const outcomes: readonly (readonly [string, CallFunction, string])[] = [
  ['text', async () => '"done"', 'LambdaFunctionCompleted(s5,st6,result="done")'],
  ['nothing', async () => 'null', 'LambdaFunctionCompleted(s5,st6,result=null)'],
  [
    'an unknown function',
    failing('ResourceNotFoundException', 'Function not found'),
    `LambdaFunctionFailed(s5,st6,reason=ResourceNotFoundException,${details('Function not found')})`,
  ],
  [
    'an error of the function',
    failing('Handled', 'm'),
    `LambdaFunctionFailed(s5,st6,reason=Handled,${details('m')})`,
  ],
];

for (const [what, callFunction, event] of outcomes) {
  test(`a function that comes to ${what}`, async (context) => {
    const world = await openWorld(context, { callFunction });
    await world.start({ lambdaRole });
    await world.decide(lambda('l'));
    await world.expect({ W: `${running} 7 ${event} 8 DTS` });
  });
}

test('a function that nobody has configured is unknown', async (context) => {
  const world = await openWorld(context);
  const run = await world.start({ lambdaRole });
  await world.decide(lambda('l'));
  await world.quiet();
  assert.equal((await world.attributes(run, 7)).reason, 'ResourceNotFoundException');
});

test('a function that takes too long is aborted, and what it says later is not heard', async (context) => {
  let say: (value: string) => void = () => {};
  let isAborted = false;
  const callFunction: CallFunction = (_name, _event, { signal }) => {
    signal.addEventListener('abort', () => {
      isAborted = true;
    });
    return new Promise((resolve) => {
      say = resolve;
    });
  };
  const world = await openWorld(context, { callFunction });
  const run = await world.start({ lambdaRole });
  await world.decide(lambda('l', { startToCloseTimeout: '30' }));
  await world.advance(29_999);
  assert.equal((await world.describe(run)).openCounts?.openLambdaFunctions, 1);
  await world.advance(1);
  say('late');
  await world.expect({ W: `${running} 7 LambdaFunctionTimedOut(s5,st6,START_TO_CLOSE) 8 DTS` });
  assert.equal(isAborted, true);
  assert.equal((await world.describe(run)).openCounts?.openLambdaFunctions, 0);
});

test('an id is in use while its function runs, and free again after', async (context) => {
  const waiting: ((value: string) => void)[] = [];
  const callFunction: CallFunction = () => new Promise((resolve) => waiting.push(resolve));
  const world = await openWorld(context, { callFunction });
  await world.start({ lambdaRole });
  await world.decide(lambda('l'), lambda('l'));
  await world.quiet();
  waiting.pop()?.('one');
  await world.quiet();
  await world.decide(lambda('l'));
  await world.expect({
    W: `${beginning} 5 LambdaFunctionScheduled(l,d4) 6 ScheduleLambdaFunctionFailed(l,d4,ID_ALREADY_IN_USE) 7 DTS 8 LambdaFunctionStarted(s5) 9 LambdaFunctionCompleted(s5,st8,result=one) 10 DTSt(s7) 11 DTC(s7,st10) 12 LambdaFunctionScheduled(l,d11) 13 LambdaFunctionStarted(s12)`,
  });
});

test('a close leaves a function behind', async (context) => {
  const world = await openWorld(context, { callFunction: () => new Promise(() => {}) });
  const run = await world.start({ lambdaRole });
  await world.decide(lambda('l', { input: '{"n":1}', control: 'c' }));
  await world.signal();
  await world.decide(complete());
  const { openCounts, executionInfo } = await world.describe(run);
  assert.deepEqual([openCounts?.openLambdaFunctions, executionInfo?.closeStatus], [1, 'COMPLETED']);
  assert.deepEqual(await world.attributes(run, 5), {
    id: 'l',
    name: 'resize',
    input: '{"n":1}',
    control: 'c',
    startToCloseTimeout: '900',
    decisionTaskCompletedEventId: 4,
  });
});
