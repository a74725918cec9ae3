import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListShape, StringShape, StructureShape } from '../../src/wire/shape.ts';
import { compileValidator } from '../../src/wire/validate.ts';

const text: StringShape = { kind: 'string' };
const point: StructureShape = { kind: 'structure', required: [], members: { x: { shape: () => text } } };
const points: ListShape = { kind: 'list', member: () => point };
const validate = compileValidator({
  kind: 'structure',
  required: ['name'],
  members: { name: { shape: () => text }, point: { shape: () => point }, points: { shape: () => points } },
});

const inputs = [
  ['nothing else', { name: 'n' }, { name: 'n' }],
  ['a null member', { name: 'n', point: null }, { name: 'n' }],
  ['an unknown member', { name: 'n', other: { deep: [1] } }, { name: 'n' }],
  ['both, further down', { name: 'n', point: { x: null, y: 1 } }, { name: 'n', point: {} }],
  [
    'both, in a list',
    { name: 'n', points: [{ x: 'a', y: 1 }, { x: null }] },
    { name: 'n', points: [{ x: 'a' }, {}] },
  ],
  ['a name of every object', { name: 'n', toString: 1, constructor: null }, { name: 'n' }],
] as const;

for (const [what, input, left] of inputs) {
  test(`after validation nothing is left of ${what}`, () => {
    const decoded = structuredClone(input);
    validate(decoded);
    assert.deepEqual(decoded, left);
  });
}

test('a required member that is null is missing', () => {
  assert.throws(() => validate({ name: null }), /Value null at 'name' failed to satisfy constraint/);
});
