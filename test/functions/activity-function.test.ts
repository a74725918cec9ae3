import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../../src/functions/call-function.ts';
import type { ActivityConfig } from '../../src/functions/function-config.ts';
import { FunctionFailed } from '../../src/functions/function-failed.ts';
import { createFunctions } from '../../src/functions/functions.ts';
import { callAfter } from '../support/call-functions.ts';

const PACK: ActivityConfig['activity'] = {
  domain: 'shop',
  taskList: 'packers',
  type: undefined,
  version: '1',
  account: undefined,
  region: undefined,
  scheduleToStartTimeout: undefined,
  startToCloseTimeout: undefined,
  scheduleToCloseTimeout: undefined,
  heartbeatTimeout: 30,
};

/** Calls a function `pack` whose worker gives this result. */
async function callPack(result: string, given: Partial<ActivityConfig['activity']> = {}) {
  const seen: [Activity, string, string][] = [];
  const { call } = createFunctions(
    { pack: { kind: 'activity', activity: { ...PACK, ...given } } },
    {
      answerBytes: 10,
      concurrency: 1,
      print: () => undefined,
      after: callAfter,
      callActivity: async (activity, event, { context }) => {
        seen.push([activity, event, context.idempotencyKey]);
        return result;
      },
    },
  );
  const { signal } = new AbortController();
  const answer = await call('acs:fc:::functions/pack', '{"n":1}', {
    signal,
    context: { idempotencyKey: 'k' },
  });
  return { answer, seen };
}

test('the event goes to the task list under the name of the function, or of the type given', async () => {
  const { answer, seen } = await callPack('[1]');
  assert.equal(answer, '[1]');
  assert.deepEqual(seen, [[{ ...PACK, type: 'pack' }, '{"n":1}', 'k']]);
  const { seen: named } = await callPack('[1]', { type: 'wrap' });
  assert.equal(named[0]?.[0].type, 'wrap');
});

test('no result is null', async () => assert.equal((await callPack('')).answer, 'null'));

for (const [result, errorType] of [
  ['<html>', 'InvalidAnswer'],
  ['"123456789"', 'AnswerTooLarge'],
] as const) {
  test(`${result} is ${errorType}`, async () => {
    const error = await callPack(result).catch((reason: unknown) => reason);
    assert(error instanceof FunctionFailed, String(error));
    assert.equal((JSON.parse(error.payload) as { readonly errorType: string }).errorType, errorType);
  });
}
