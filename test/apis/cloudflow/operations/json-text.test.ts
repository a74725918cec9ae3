import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../../../src/apis/cloudflow/json-text.ts';

const read = (text: string) => () => readJson('Input', text, text.length);

/** Each of them is read in moments, or, when the reading looks back at each of its signs, not before the suite gives up. */
const LONG: Readonly<Record<string, string>> = {
  'quotes that are escaped in a text without an end': `"${'\\"'.repeat(1_000_000)}`,
  'quotes alone': '"'.repeat(2_000_001),
  'backslashes alone': `"${'\\'.repeat(2_000_001)}`,
  'brackets in a text without an end': `"${'[{'.repeat(1_000_000)}`,
};

for (const [what, text] of Object.entries(LONG)) {
  test(`${what} are no JSON`, () => {
    assert.throws(read(text), { message: "The parameter 'Input' must be JSON text." });
  });
}

test('a number that no value can hold is refused', () => {
  const message = "The parameter 'Input' must not have numbers that are too large.";
  assert.throws(read('{"a":[1e400]}'), { message });
});

test('only brackets outside of texts make depth', () => {
  assert.doesNotThrow(read(JSON.stringify({ a: '['.repeat(300), '\\"[': '}'.repeat(300) })));
  assert.throws(read(`${'['.repeat(201)}${']'.repeat(201)}`), /more than 200 deep/);
  assert.throws(read(`["\\"",${'['.repeat(200)}${']'.repeat(200)}]`), /more than 200 deep/);
});
