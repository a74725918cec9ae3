import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonElements } from '../../../../../src/apis/cloudflow/steps/storage/json-elements.ts';

function elementsOf(pieces: Iterable<string>): unknown[] {
  const elements = new JsonElements();
  const found: unknown[] = [];
  for (const piece of pieces) for (const text of elements.add(piece)) found.push(JSON.parse(text));
  elements.end();
  return found;
}

const ARRAYS: readonly string[] = [
  '[]',
  ' [ \n ] \n',
  '[1]',
  '[1,"a",null,true,-2.5e3]',
  '[{"a":[1,{"b":"]}"}]},[],[[",\\""]]]',
  '["\\\\","\\"]"]',
  '\t[\r\n {"a": 1} , {"b": "😀,é"} ]',
];
for (const text of ARRAYS) {
  test(`elements of ${JSON.stringify(text)}, in one piece and cut anywhere`, () => {
    const expected = JSON.parse(text) as unknown[];
    assert.deepEqual(elementsOf([text]), expected);
    assert.deepEqual(elementsOf(text.split('')), expected);
    for (let at = 1; at < text.length; at++)
      assert.deepEqual(elementsOf([text.slice(0, at), text.slice(at)]), expected);
  });
}

const WRONG = [
  '',
  ' ',
  '{}',
  '{"a":[1]}',
  '1',
  '[1',
  '[1,',
  '[1]]',
  '[1] 2',
  '[,]',
  '[1,]',
  '[1 2]',
  '["a]',
  '[}',
  '[{]',
];
for (const text of WRONG) {
  test(`${text} is no array`, () => {
    assert.throws(() => elementsOf([text]), SyntaxError);
    assert.throws(() => elementsOf(text.split('')), SyntaxError);
  });
}

test('what is not complete is counted', () => {
  const elements = new JsonElements();
  assert.deepEqual([...elements.add('[1,"abc')], ['1']);
  assert.equal(elements.pending, 4);
});
