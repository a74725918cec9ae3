import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTrue } from '../../../../src/apis/cloudflow/language/evaluate.ts';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { parseCondition } from '../../../../src/apis/cloudflow/language/parse-expression.ts';
import { ANY, resultOf, surroundings } from './surroundings.ts';

const INPUT: Json = {
  a: { b: [10, { c: 'deep' }], none: null },
  list: [{ v: 1, w: [1, 2] }, { w: [3] }, { v: 3, w: 'text' }, 7],
  flag: true,
  word: 'yes',
};

const PATHS: readonly [path: string, found: Json | undefined][] = [
  ['$Input', INPUT],
  ['$Input.a.b[0]', 10],
  ['$Input.a.b[1].c', 'deep'],
  ['$Input.a.none', null],
  ['$Input.a.none.more', undefined],
  ['$Input.a.b[2]', undefined],
  ['$Input.a.b.c', undefined],
  ['$Input.a.b.length', undefined],
  ['$Input.a[0]', undefined],
  ['$Input.word[0]', undefined],
  ['$Input.word.length', undefined],
  ['$Input.missing', undefined],
  ['$Output.a', undefined],
  ['$Input.constructor', undefined],
  ['$Input.__proto__', undefined],
  ['$Input.toString.name', undefined],
  ['$Input.list[*].v', [1, 3]],
  ['$Input.list[*].w', [[1, 2], [3], 'text']],
  ['$Input.list[*].w[*]', [1, 2, 3]],
  ['$Input.list[*].w[0]', [1, 3]],
  ['$Input.list[*].missing', []],
  ['$Input.missing[*]', []],
  ['$Input.word[*].x', []],
  ['$Input.a[*]', []],
];
for (const [path, found] of PATHS) {
  test(`${path} finds ${JSON.stringify(found)}`, () => assert.deepEqual(resultOf(path, INPUT), found));
}

test('a key __proto__ is a key like others', () => {
  assert.equal(resultOf('$Input.__proto__.x', JSON.parse('{"__proto__": {"x": 1}}')), 1);
  assert.equal(Object.hasOwn(resultOf('{"__proto__": 1}') as object, '__proto__'), true);
});

const CONDITIONS: readonly [condition: string, holds: boolean][] = [
  ['$Input.a.b[0] >= 10', true],
  ['$Input.a.b[0] > 10', false],
  ['$Input.a.b[0] < 10.5', true],
  ['$Input.word == "yes"', true],
  ['$Input.word == `yes`', true],
  ["$Input.word == 'yes'", true],
  ['$Input.word != "yes"', false],
  ['$Input.word < "yet"', true],
  ['"Z" < "a"', true],
  ['"a" < "ab"', true],
  ['$Input.missing == 1', false],
  ['$Input.missing != 1', false],
  ['$Input.missing == $Input.missing', false],
  ['$Input.missing', false],
  ['!$Input.missing', true],
  ['$Input.flag', true],
  ['$Input.word', false],
  ['!$Input.word', true],
  ['$Input.flag == true', true],
  ['$Input.flag == "true"', false],
  ['$Input.flag != "true"', true],
  ['1 == "1"', false],
  ['1 != "1"', true],
  ['1 < "2"', false],
  ['1 >= "1"', false],
  ['false < true', false],
  ['$Input.a.none == null', true],
  ['[1, {"a": 2}] == [1, {"a": 2}]', true],
  ['[1, 2] == [2, 1]', false],
  ['{"a": 1, "b": 2} == {"b": 2, "a": 1}', true],
  ['{"a": 1} == {"b": 1}', false],
  ['{"a": 1} == [1]', false],
  ['$Input.missing == 1 || $Input.flag', true],
  ['$Input.flag && $Input.missing == 1', false],
  ['false && false || true', true],
  ['false && (false || true)', false],
  ['length($Input.word) == 3', true],
];
for (const [condition, holds] of CONDITIONS) {
  test(`${condition} is ${holds}`, () => {
    assert.equal(isTrue(parseCondition(condition, ANY), surroundings({ Input: INPUT })), holds);
  });
}

test('what cannot change the result is not evaluated', () => {
  assert.equal(resultOf('false && length(1) == 1'), false);
  assert.equal(resultOf('true || length(1) == 1'), true);
});

const ORDER: readonly [smaller: string, larger: string][] = [
  ['\u{FFFD}', '\u{1F600}'],
  ['\u{E000}x', '\u{1F600}'],
  ['a\u{1F600}', 'a\u{1F601}'],
  ['\u{1F600}', '\u{1F600}a'],
];
for (const [smaller, larger] of ORDER) {
  test(`${smaller} is before ${larger}, as their code points are`, () => {
    assert.equal(resultOf('$Input[0] < $Input[1] && $Input[1] > $Input[0]', [smaller, larger]), true);
  });
}

test('values of any depth can be compared', () => {
  const deep = () => JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as Json;
  assert.equal(resultOf('$Input[0] == $Input[1]', [deep(), deep()]), true);
});
