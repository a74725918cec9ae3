import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tokens } from '../../../src/apis/swf/tokens.ts';

const KEY = Buffer.alloc(32, 1);
const REF = { kind: 'activity', runId: 'run', scheduledEventId: 5, startedEventId: 6 } as const;

const createTokens = (): Tokens => new Tokens(KEY, () => 0);

test('a token means the same to whoever made it and to whoever only has its key', () => {
  const maker = createTokens();
  const task = { ...REF, activityId: 'a', input: 'x'.repeat(32_768) };
  const token = maker.taskToken(task);
  assert.deepEqual(createTokens().readTaskToken('activity', token), REF);
  assert.deepEqual(maker.readTaskToken('activity', token), REF, 'more than the reference is remembered');
});

test('a token of one kind is none of the other, remembered or not', () => {
  const maker = createTokens();
  const token = maker.taskToken(REF);
  for (const reader of [maker, createTokens()]) {
    assert.throws(() => reader.readTaskToken('decision', token), { message: 'Invalid token' });
  }
});
