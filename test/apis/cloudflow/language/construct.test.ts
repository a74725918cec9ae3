import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { construct } from '../../../../src/apis/cloudflow/language/state-machine/construct.ts';
import { surroundings } from './surroundings.ts';
import { readDefinition } from './usual-limits.ts';

const ROOTS = { Input: { a: 1, list: [{ v: 1 }, { v: 2 }] }, Output: { Body: 'b' }, Global: { g: true } };

/** What an OutputConstructor, given as JSON or YAML flow text, builds. */
function constructed(text: string): Json {
  const plan = readDefinition(`
Type: StateMachine
SpecVersion: v1
StartAt: P
States: [{Type: Pass, Name: P, End: true, OutputConstructor: ${text}}]
`);
  assert.equal(plan.language, 'state-machine');
  const template = plan.lists[0]?.states[0]?.outputConstructor;
  assert.ok(template);
  return construct(template, surroundings(ROOTS));
}

const CONSTRUCTORS: readonly [text: string, value: unknown][] = [
  ['{}', {}],
  ['{k: $Input.a}', { k: '$Input.a' }],
  ['{k.$: $Input.a}', { k: 1 }],
  ['{k.$: $Input.missing}', { k: null }],
  ['{k.$: "$Input.list[*].v"}', { k: [1, 2] }],
  ['{k.$: $Input.missing == 1}', { k: false }],
  ['{k.$: $Output.Body, g.$: $Global.g}', { k: 'b', g: true }],
  ['{k: [1, {x.$: $Input.a}, [null]]}', { k: [1, { x: 1 }, [null]] }],
  ['{k: {deep: {x.$: length($Input.list)}}}', { k: { deep: { x: 2 } } }],
  ['{k.$: 5, l.$: true}', { k: 5, l: true }],
  ['{k.$: \'"text"\'}', { k: 'text' }],
  ['{k.$: {a: $Input.a, b: text, c: [$Global.g]}}', { k: { a: 1, b: 'text', c: [true] } }],
  ['{k.$: [$Input.a, 2]}', { k: [1, 2] }],
  ['{k.$: {a.$: length($Input.list), b: $Input.a}}', { k: { a: 2, b: 1 } }],
  ['{"": 1}', { '': 1 }],
  ['{a.b: 1, $x: 2}', { 'a.b': 1, $x: 2 }],
];
for (const [text, value] of CONSTRUCTORS) {
  test(`${text} builds ${JSON.stringify(value)}`, () => {
    assert.deepEqual(constructed(text), value);
  });
}

test('a key __proto__ is a key like others', () => {
  assert.deepEqual(Object.keys(constructed('{__proto__.$: $Input.a}') as object), ['__proto__']);
});

test('what holds no expression is read as one constant', () => {
  const [state] = statesOf('{a: [1, {b: null}]}');
  assert.deepEqual(state?.outputConstructor, { kind: 'literal', value: { a: [1, { b: null }] } });
});

function statesOf(text: string) {
  const plan = readDefinition(
    `{"Type":"StateMachine","SpecVersion":"v1","StartAt":"P","States":[{"Type":"Pass","Name":"P","End":true,"OutputConstructor":${text}}]}`,
  );
  assert.equal(plan.language, 'state-machine');
  return plan.lists[0]?.states ?? [];
}

test('a loop that wraps its value each time comes to an end', () => {
  const template = {
    kind: 'object',
    entries: [['x', { kind: 'expression', expression: { kind: 'path', root: 'Input', steps: [] } }]],
  } as const;
  let value: Json = 0;
  const wrap = (): void => {
    for (let round = 0; round < 1_000; round++) value = construct(template, surroundings({ Input: value }));
  };
  assert.throws(wrap, { name: 'EvaluationError', cause: 'A value has more than 200 levels.' });
});
