import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../../../../src/apis/cloudflow/language/parse-json.ts';

const LONG = '9'.repeat(309);

for (const text of ['1e309', '-1E+400', `{"a":[${LONG}]}`, `[${'9'.repeat(250)}e99]`, '0.001e0312']) {
  test(`${text.slice(0, 20)} is a number that no value can hold`, () => {
    assert.throws(() => parseJson(text), { name: 'SyntaxError', message: 'A number is too large.' });
  });
}

for (const text of [
  '1e308',
  `0.${LONG}`,
  `"${LONG}"`,
  '{"1e400":"1e400"}',
  '1e-400',
  '[0e999]',
  '{"__proto__":1e5}',
]) {
  test(`${text.slice(0, 20)} is what it says`, () => {
    assert.deepEqual(parseJson(text), JSON.parse(text));
  });
}

/** When each digit was looked at as a first one, this took minutes. */
test('many long numbers are passed over once', () => {
  const text = `[${Array(300_000).fill('9'.repeat(199)).join(',')}]`;
  assert.equal((parseJson(text) as readonly number[]).length, 300_000);
});

test('what is no JSON is refused as ever', () => {
  assert.throws(() => parseJson('{"1e400"'), SyntaxError);
});
