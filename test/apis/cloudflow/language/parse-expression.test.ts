import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Dialect,
  parseCondition,
  parseExpression,
  parsePath,
} from '../../../../src/apis/cloudflow/language/parse-expression.ts';
import { ANY } from './surroundings.ts';

const LEGACY: Dialect = { roots: [''], calls: false };
const path = (key: string) => ({ kind: 'path', root: '', steps: [{ key }] });
const literal = (value: unknown) => ({ kind: 'literal', value });

test('comparison binds more than &&, && more than ||', () => {
  const compare = { kind: 'compare', operator: '==', left: path('b'), right: literal(1) };
  const and = { kind: 'and', left: compare, right: path('c') };
  assert.deepEqual(parseExpression('$.a || $.b == 1 && $.c', LEGACY), {
    kind: 'or',
    left: path('a'),
    right: and,
  });
});

test('parentheses come first, equal operators from the left', () => {
  const or = { kind: 'or', left: path('a'), right: path('b') };
  assert.deepEqual(parseExpression('($.a || $.b) && !$.c', LEGACY), {
    kind: 'and',
    left: or,
    right: { kind: 'not', operand: path('c') },
  });
  assert.deepEqual(parseExpression('$.a||$.b||$.c', LEGACY), { kind: 'or', left: or, right: path('c') });
});

test('paths have keys, indexes and every element', () => {
  assert.deepEqual(parsePath('$Input.a-b.名前[0][*].x', ANY), {
    kind: 'path',
    root: 'Input',
    steps: [{ key: 'a-b' }, { key: '名前' }, { index: 0 }, 'every', { key: 'x' }],
  });
  assert.deepEqual(parsePath(' $ ', LEGACY), { kind: 'path', root: '', steps: [] });
});

const TEXTS: readonly [text: string, value: unknown][] = [
  ['"a\\n\\u0041\\"\\\\"', 'a\nA"\\'],
  ['"two\nlines\tand a tab"', 'two\nlines\tand a tab'],
  ['`a\\n"b"`', 'a\\n"b"'],
  [`'{"a":"\\n"}'`, '{"a":"\\n"}'],
  ["'it\\'s'", "it's"],
  ['-12.5e2', -1250],
  ['0', 0],
  ['true', true],
  ['null', null],
];
for (const [text, value] of TEXTS) {
  test(`${JSON.stringify(text)} is a constant`, () => {
    assert.deepEqual(parseExpression(text, ANY), literal(value));
  });
}

const WRONG: readonly [text: string, message: string][] = [
  ['', 'ends where a value is expected at character 1'],
  ['1 +', 'has an unexpected "+" at character 3'],
  ['$Input.a = 1', 'has an unexpected "=" at character 10'],
  ['1 2', 'does not end where it should at character 3'],
  ['1 < 2 < 3', 'does not end where it should at character 7'],
  ['007', 'has an unexpected "0" at character 1'],
  ['1e999', 'has a number that is too large at character 1'],
  ['"a', 'has a text without its closing quote at character 1'],
  ['"\\d"', 'has a text with an escape that JSON does not know at character 1'],
  ['$Input.', 'has a path that is not of the form $root.key[0][*] at character 1'],
  ['$Input[-1]', 'has a path that is not of the form $root.key[0][*] at character 1'],
  ['$Input.a b', 'does not end where it should at character 10'],
  ['$input', 'uses $input where only $Input, $Output, $Context, $Global, $Item can be used at character 1'],
  ['(1', 'lacks a ) at character 3'],
  ['[1,]', 'has an unexpected ] at character 4'],
  ['{a: 1}', 'has an object whose key is not a quoted text at character 2'],
  ['nope(1)', 'calls the unknown function nope at character 1'],
  ['constructor(1)', 'calls the unknown function constructor at character 1'],
  ['length', 'uses the function length without arguments at character 1'],
  ['length()', 'gives length 0 arguments instead of 1 at character 1'],
  ['format()', 'gives format 0 arguments instead of 1 or more at character 1'],
  ['&&', 'has an unexpected && at character 1'],
];
for (const [text, message] of WRONG) {
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => parseExpression(text, ANY), { message });
  });
}

test('conditions of the older language call no functions', () => {
  assert.throws(() => parseExpression('length($.a)', LEGACY), {
    message: 'has an unexpected length at character 1',
  });
});

for (const text of ['1', '"a"', 'null', '[true]', '{"a": true}']) {
  test(`${text} is no condition`, () => {
    assert.throws(() => parseCondition(text, ANY), { message: 'is neither true nor false' });
  });
}

test('ten calls within each other are possible, eleven are not', () => {
  const nested = (calls: number) => `${'length('.repeat(calls)}"a"${')'.repeat(calls)}`;
  assert.equal(parseExpression(nested(10), ANY).kind, 'call');
  assert.throws(() => parseExpression(nested(11), ANY), {
    message: 'nests more than 10 calls at character 71',
  });
});

const BOUNDS: readonly [what: string, text: string, message: RegExp][] = [
  ['levels', '('.repeat(900), /^nests more than 32 levels/],
  ['negations', '!'.repeat(900), /^nests more than 32 levels/],
  ['parts', '1&&'.repeat(5_000), /^has more than 1000 parts/],
  ['characters', `"${'a'.repeat(20_000)}"`, /^is longer than 16384 characters/],
];
for (const [what, text, message] of BOUNDS) {
  test(`an expression has bounded ${what}`, () => {
    assert.throws(() => parseExpression(text, ANY), { message });
  });
}
