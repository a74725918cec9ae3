import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../../src/apis/cloudflow/language/evaluate.ts';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { parseExpression } from '../../../../src/apis/cloudflow/language/parse-expression.ts';
import { ANY, resultOf, surroundings } from './surroundings.ts';

const INPUT: Json = { list: [1, 'a', null], map: { x: 1, y: [2] }, text: 'naïve 😀' };

const RESULTS: readonly [expression: string, result: Json | undefined][] = [
  ['arrayContains($Input.list, "a")', true],
  ['arrayContains([[1], {"k": 2}], {"k": 2})', true],
  ['arrayContains($Input.list, "1")', false],
  ['arrayContains($Input.list, $Input.missing)', true],
  ['arrayUnique([1, 2, 3, 1, "1", null, null])', [1, 2, 3, '1', null]],
  ['arrayUnique([{"a": 1, "b": 2}, {"b": 2, "a": 1}, [1], [1]])', [{ a: 1, b: 2 }, [1]]],
  ['toArray()', []],
  ['toArray(1, "b", $Input.missing)', [1, 'b', null]],
  ['length($Input.list)', 3],
  ['length($Input.map)', 2],
  ['length($Input.text)', 7],
  ['get($Input.list, 1)', 'a'],
  ['get($Input.list, 9)', undefined],
  ['get($Input.list, -1)', undefined],
  ['get($Input.map, "y")', [2]],
  ['get($Input.map, "toString")', undefined],
  ['mapKeys($Input.map)', ['x', 'y']],
  ['mapValues($Input.map)', [1, [2]]],
  ['jsonMerge({"a": {"x": 1}, "b": 1}, {"a": {"y": 2}})', { a: { y: 2 }, b: 1 }],
  ['format("plain")', 'plain'],
  ['format("{} and {}: {}", "a", 1, [true])', 'a and 1: [true]'],
  ['format("{}", "{}")', '{}'],
  ['toBase64("naïve")', 'bmHDr3Zl'],
  ['fromBase64("bmHDr3Zl")', 'naïve'],
  ['fromBase64("")', ''],
  ['stringToJson(`{"a": [1, null]}`)', { a: [1, null] }],
  ['fromJSON("7")', 7],
  ['jsonToString($Input.map)', '{"x":1,"y":[2]}'],
  ['split("a,b,,c", ",")', ['a', 'b', '', 'c']],
  ['split("a😀", "")', ['a', '😀']],
  ['intAdd(-3, 5)', 2],
  ['hash("abc", "MD5")', '900150983cd24fb0d6963f7d28e17f72'],
  ['hash("abc", "SHA-1")', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['hash("abc", "SHA-256")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'hash("abc", "SHA-512")',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  ['regexMatchString("order-17", `^order-\\d+$`)', true],
  ['uuid()', '80808080-8080-4080-8080-808080808080'],
  ['randomInt(1, 6)', 4],
  ['randomInt(5, 5)', 5],
  ['length(split(format("{},{}", "a", "b"), ","))', 2],
];
for (const [expression, result] of RESULTS) {
  test(`${expression} gives ${JSON.stringify(result)}`, () => {
    assert.deepEqual(resultOf(expression, INPUT), result);
  });
}

const FAILURES: readonly [expression: string, cause: string][] = [
  ['length(1)', 'Argument 1 of length must be an array, a map or a text, not a number.'],
  ['length($Input.missing)', 'Argument 1 of length must be an array, a map or a text, not null.'],
  ['arrayContains({}, 1)', 'Argument 1 of arrayContains must be an array, not a map.'],
  ['mapKeys([])', 'Argument 1 of mapKeys must be a map, not an array.'],
  ['jsonMerge({}, "a")', 'Argument 2 of jsonMerge must be a map, not a string.'],
  ['get([], "a")', 'Argument 2 of get must be a whole number, not a string.'],
  ['get(1, 1)', 'Argument 1 of get must be an array or a map, not a number.'],
  ['intAdd(1.5, 1)', 'Argument 1 of intAdd must be a whole number, not a number.'],
  ['intAdd(9007199254740991, 1)', 'The result of intAdd is too large.'],
  ['randomInt(2, 1)', 'There is no range from 2 to 1 for randomInt.'],
  ['stringToJson("{")', 'The text given to stringToJson is not JSON.'],
  ['stringToJson("1e400")', 'The text given to stringToJson is not JSON.'],
  ['fromBase64("a")', 'Argument 1 of fromBase64 must be text in base64, not a string.'],
  ['fromBase64("gA==")', 'The bytes given to fromBase64 are not UTF-8 text.'],
  ['hash("a", "md5")', 'Argument 2 of hash must be one of MD5, SHA-1, SHA-256, SHA-512, not a string.'],
  ['format("{} {}", 1)', 'The text given to format has 2 places for 1 values.'],
  ['regexMatchString("a", "(")', 'The pattern given to regexMatchString cannot be used: a ( has no ).'],
];
for (const [expression, cause] of FAILURES) {
  test(`${expression} fails`, () => {
    assert.throws(() => resultOf(expression, INPUT), {
      name: 'EvaluationError',
      error: 'FnF.RuntimeError',
      cause,
    });
  });
}

test('random results cover their range and depend on nothing else', () => {
  const roll = (random: number) =>
    evaluate(parseExpression('randomInt(1, 6)', ANY), surroundings({}, random));
  assert.deepEqual([0, 0.17, 0.99].map(roll), [1, 2, 6]);
});

test('JSON with too many levels is refused, not a reason to crash', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const failure = { name: 'EvaluationError', cause: 'A value has more than 200 levels.' };
  assert.throws(() => resultOf('stringToJson($Input)', text), failure);
  assert.throws(() => resultOf('jsonToString($Input)', JSON.parse(text)), failure);
  assert.throws(() => resultOf('arrayUnique($Input)', JSON.parse(text)), failure);
});

test('a large value cannot be repeated into an enormous text', () => {
  const places = Array.from({ length: 100 }, () => '{}').join('');
  const repeated = Array.from({ length: 100 }, () => '$Input').join(',');
  assert.throws(() => resultOf(`format("${places}",${repeated})`, 'x'.repeat(65_536)), {
    name: 'EvaluationError',
    cause: 'A value is larger than 4194304 characters.',
  });
});
