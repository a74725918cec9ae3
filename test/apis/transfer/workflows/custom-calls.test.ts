import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { CustomCalls } from '../../../../src/apis/transfer/steps/custom.ts';
import type { StepContext } from '../../../../src/apis/transfer/steps/step-context.ts';
import type { CallOptions } from '../../../../src/functions/call-function.ts';
import { NoLongerWanted } from '../../../../src/kernel/errors.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';

/** Steps whose functions never return of themselves. */
function hangingSteps(mostLeft: number) {
  const calls = new CustomCalls(mostLeft);
  const called: string[] = [];
  const ended: string[] = [];
  const callFunction = (target: string, _event: string, { signal }: CallOptions): Promise<string> =>
    new Promise((_, reject) => {
      called.push(target);
      signal.addEventListener('abort', () => {
        ended.push(target);
        reject(signal.reason);
      });
    });
  const transfer = {
    clock: createFixedClock(),
    callFunction,
    workflowRuns: { tokens: { tokenOf: () => 'token' } },
  };
  /** Gives what ends the step. */
  const begin = async (target: string, begun?: Promise<undefined>): Promise<() => void> => {
    const step = new AbortController();
    const context = {
      transfer,
      signal: step.signal,
      rights: { onFunction: () => undefined },
      begin: () => begun ?? Promise.resolve(undefined),
      execution: { name: 'e' },
      work: { facts: { workflowId: 'w', upload: {} }, source: { kind: 'file-system' }, number: 1 },
    } as unknown as StepContext;
    void calls.run(context, { Target: target }).catch(() => undefined);
    await turn();
    return () => step.abort(new NoLongerWanted(target));
  };
  return { called, ended, begin };
}

test('of the calls that outlive their steps the oldest are ended when there are too many', async () => {
  const { ended, begin } = hangingSteps(2);
  const ends = [];
  for (const target of ['a', 'b', 'c', 'd', 'e']) ends.push(await begin(target));
  for (const end of ends.slice(0, 2)) end();
  assert.deepEqual(ended, []);
  for (const end of ends.slice(2)) end();
  assert.deepEqual(ended, ['a', 'b', 'c']);
});

test('a step that is over before its call begins makes none', async () => {
  const { called, begin } = hangingSteps(2);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = await begin('a', promise);
  end();
  resolve(undefined);
  await turn();
  assert.deepEqual(called, []);
});
