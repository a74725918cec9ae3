import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { mapAll, mergeLocal } from '../../../../src/apis/cloudflow/language/legacy/mapping.ts';
import { readDefinition } from './usual-limits.ts';

const ROOTS = {
  input: { a: { b: 1 }, list: [{ n: 1 }, { n: 2 }, {}], none: null },
  local: [{ parts: ['x'] }, { parts: ['y', 'z'] }],
  context: { flow: { name: 'f' } },
};

/** What `outputMappings` with one entry, given as YAML, build. */
function mapped(target: string, source: string): JsonObject {
  const plan = readDefinition(`
type: flow
version: v1
steps: [{type: pass, name: only}]
outputMappings:
  - target: ${target}
    source: ${source}
`);
  assert.equal(plan.language, 'legacy');
  return mapAll(plan.outputMappings ?? [], ROOTS);
}

const SOURCES: readonly [source: string, value: unknown][] = [
  ['$input.a.b', 1],
  ['$input', ROOTS.input],
  ['$input.list[*].n', [1, 2]],
  ['$input.list[1].n', 2],
  ['$local[*].parts[*]', ['x', 'y', 'z']],
  ['$local[*].parts', [['x'], ['y', 'z']]],
  ['$context.flow.name', 'f'],
  ['$input.missing', null],
  ['$input.missing.deeper', null],
  ['$input.missing[*]', []],
  ['$input.none', null],
  ['text', 'text'],
  ['1.5', 1.5],
  ['true', true],
  ['', null],
  ['[$input.a, {k: $local}]', ['$input.a', { k: '$local' }]],
  ['$.a', '$.a'],
  ['$foo', '$foo'],
  ['$inputs.a', '$inputs.a'],
  ['$', '$'],
];
for (const [source, value] of SOURCES) {
  test(`the source ${source} gives ${JSON.stringify(value)}`, () => {
    assert.deepEqual(mapped('t', source), { t: value });
  });
}

test('a target is one key, whatever it looks like', () => {
  assert.deepEqual(mapped('a.b', '1'), { 'a.b': 1 });
  assert.deepEqual(Object.keys(mapped('__proto__', '1')), ['__proto__']);
});

test('of equal targets the last one stays', () => {
  const constant = (value: number) => ({ target: 't', source: { kind: 'literal', value } as const });
  assert.deepEqual(mapAll([constant(1), constant(2)], {}), { t: 2 });
});

test('merging is shallow and the second wins', () => {
  const local = { a: { x: 1 }, b: 1 };
  const output = { a: { y: 2 }, c: 3 };
  assert.deepEqual(mergeLocal(local, output), { a: { y: 2 }, b: 1, c: 3 });
  assert.deepEqual(local, { a: { x: 1 }, b: 1 });
  assert.deepEqual(Object.keys(mergeLocal({}, JSON.parse('{"__proto__": 1}'))), ['__proto__']);
});

test('a large value cannot be repeated into an enormous one', () => {
  const source = { kind: 'path', root: 'input', steps: [] } as const;
  const mappings = Array.from({ length: 200 }, (_, number) => ({ target: `t${number}`, source }));
  assert.throws(() => mapAll(mappings, { input: { text: 'x'.repeat(32_000) } }), {
    name: 'EvaluationError',
    cause: 'A value is larger than 4194304 characters.',
  });
});
