import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from '../../src/wire/violations.ts';

const shown = [
  [null, 'null'],
  ['a', "'a'"],
  [['a', 1, true], "'[a, 1, true]'"],
  [[{ key: 'k', value: null }], "'[{key=k, value=null}]'"],
] as const;

for (const [value, text] of shown) {
  test(`${JSON.stringify(value)} is shown as ${text}`, () => assert.equal(show(value), text));
}

test('a value nested beyond all reason is shown in part', () => {
  const deep = JSON.parse('['.repeat(300_000) + ']'.repeat(300_000));
  assert.match(show(deep), /^'\[{5,100}\.\.\.\]{5,100}'$/);
});
