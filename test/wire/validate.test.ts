import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WireError } from '../../src/wire/errors.ts';
import type { Member, Shape, StructureShape } from '../../src/wire/shape.ts';
import { compileValidator } from '../../src/wire/validate.ts';

const member = (shape: Shape): Member => ({ shape: () => shape });
const structure = (members: Record<string, Shape>, required: string[] = []): StructureShape => ({
  kind: 'structure',
  required,
  members: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, member(shape)])),
});

const decision = structure(
  {
    decisionType: { kind: 'string', enum: ['StartTimer', 'CancelTimer'] },
    timer: structure({ id: { kind: 'string', min: 1 } }, ['id']),
  },
  ['decisionType'],
);

const shape = structure(
  {
    name: { kind: 'string', min: 1, max: 5 },
    size: { kind: 'integer', min: 0, max: 1000 },
    big: { kind: 'long' },
    ratio: { kind: 'double' },
    flag: { kind: 'boolean' },
    when: { kind: 'timestamp' },
    bytes: { kind: 'blob', max: 3 },
    code: { kind: 'string', pattern: '[a-z]+' },
    secret: { kind: 'string', min: 8, sensitive: true },
    tags: { kind: 'list', max: 2, member: () => ({ kind: 'string', max: 3 }) },
    labels: {
      kind: 'map',
      max: 1,
      key: () => ({ kind: 'string', max: 3 }),
      value: () => ({ kind: 'string', min: 1 }),
    },
    decisions: { kind: 'list', member: () => decision },
    anything: { kind: 'document' },
  },
  ['name'],
);

const validate = compileValidator(shape);

function refusal(input: Record<string, unknown>): { code: string; message: string } {
  try {
    validate(input);
  } catch (error) {
    assert.ok(error instanceof WireError);
    assert.equal(error.status, 400);
    return { code: error.code, message: error.message };
  }
  throw new assert.AssertionError({ message: 'nothing was refused' });
}

const one = (problem: string): { code: string; message: string } => ({
  code: 'ValidationException',
  message: `1 validation error detected: ${problem}`,
});

describe('valid input', () => {
  const valid: Record<string, Record<string, unknown>> = {
    'only what is required': { name: 'a' },
    everything: {
      name: 'abcde',
      size: 0,
      big: 2 ** 40,
      ratio: 0.5,
      flag: false,
      when: 1.5,
      bytes: 'AAAA',
      code: 'abc',
      secret: '12345678',
      tags: ['a', 'b'],
      labels: { abc: 'x' },
      decisions: [{ decisionType: 'StartTimer', timer: { id: 'x' } }],
      anything: [{ a: null }],
    },
    'null for absent': { name: 'a', size: null, tags: null },
    'unknown members': { name: 'a', other: { deep: [1] } },
    'characters, not bytes': { name: 'äöüßé' },
  };
  for (const [title, input] of Object.entries(valid)) test(title, () => validate(input));
});

describe('violations', () => {
  const table: readonly [string, Record<string, unknown>, string][] = [
    ['missing', {}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ['null', { name: null }, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      'too short',
      { name: '' },
      "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'too long',
      { name: 'abcdef' },
      "Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5",
    ],
    [
      'too large',
      { name: 'a', size: 1001 },
      "Value '1001' at 'size' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'too small',
      { name: 'a', size: -1 },
      "Value '-1' at 'size' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      'pattern',
      { name: 'a', code: 'aB' },
      "Value 'aB' at 'code' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      'list too long',
      { name: 'a', tags: ['1', '2', '3'] },
      "Value '[1, 2, 3]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      'list member',
      { name: 'a', tags: ['1', '2345'] },
      "Value '2345' at 'tags.2.member' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
    [
      'null in a list',
      { name: 'a', tags: [null] },
      "Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null",
    ],
    [
      'map too large',
      { name: 'a', labels: { a: 'x', b: 'y' } },
      "Value '{a=x, b=y}' at 'labels' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'map value',
      { name: 'a', labels: { a: '' } },
      "Value '' at 'labels.a' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'blob',
      { name: 'a', bytes: 'AAAAAA==' },
      "Value 'java.nio.HeapByteBuffer' at 'bytes' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
    [
      'enum inside a list',
      { name: 'a', decisions: [{ decisionType: 'StartTimer' }, { decisionType: 'Nap' }] },
      "Value 'Nap' at 'decisions.2.member.decisionType' failed to satisfy constraint: Member must satisfy enum value set: [StartTimer, CancelTimer]",
    ],
    [
      'missing in depth',
      { name: 'a', decisions: [{ decisionType: 'StartTimer', timer: {} }] },
      "Value null at 'decisions.1.member.timer.id' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a secret is not shown',
      { name: 'a', secret: 'hush' },
      "Value at 'secret' failed to satisfy constraint: Member must have length greater than or equal to 8",
    ],
  ];
  for (const [title, input, problem] of table)
    test(title, () => assert.deepEqual(refusal(input), one(problem)));

  test('several are listed together', () => {
    assert.equal(
      refusal({ size: 2000, tags: ['abcd'] }).message,
      "3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; " +
        "Value '2000' at 'size' failed to satisfy constraint: Member must have value less than or equal to 1000; " +
        "Value 'abcd' at 'tags.1.member' failed to satisfy constraint: Member must have length less than or equal to 3",
    );
  });

  test('one request leaves nothing behind for the next', () => {
    refusal({});
    validate({ name: 'a' });
    assert.deepEqual(refusal({ name: '' }).message.slice(0, 27), '1 validation error detected');
  });
});

describe('wrong JSON types are a SerializationException, whatever else is wrong', () => {
  const table: readonly [string, Record<string, unknown>, string][] = [
    ['number for string', { name: 5 }, 'NUMBER_VALUE cannot be converted to String'],
    ['boolean for string', { name: true }, 'TRUE_VALUE cannot be converted to String'],
    ['string for integer', { size: '5' }, 'STRING_VALUE cannot be converted to Integer'],
    ['fraction for integer', { size: 1.5 }, 'NUMBER_VALUE cannot be converted to Integer'],
    ['beyond 32 bits', { size: 2 ** 31 }, 'NUMBER_VALUE cannot be converted to Integer'],
    [
      'string for timestamp',
      { when: '2026-11-20T00:00:00Z' },
      'STRING_VALUE cannot be converted to Timestamp',
    ],
    ['string for boolean', { flag: 'true' }, 'STRING_VALUE cannot be converted to Boolean'],
    ['no base64', { bytes: '!' }, 'STRING_VALUE cannot be converted to Blob'],
    ['list for string', { name: [] }, 'Start of list found where not expected'],
    ['object for string', { name: {} }, 'Start of structure or map found where not expected'],
    ['string for list', { tags: 'a' }, 'Unexpected field type'],
    ['object for list', { tags: {} }, 'Start of structure or map found where not expected'],
    ['list for structure', { decisions: [[]] }, 'Start of list found where not expected'],
    ['object for string in a list', { tags: [{}] }, 'Start of structure or map found where not expected'],
  ];
  for (const [title, input, message] of table)
    test(title, () => assert.deepEqual(refusal(input), { code: 'SerializationException', message }));
});

test('a shape may contain itself', () => {
  const tree: StructureShape = structure({ name: { kind: 'string', max: 1 } });
  const recursive: StructureShape = {
    ...tree,
    members: { ...tree.members, child: { shape: () => recursive } },
  };
  const check = compileValidator(recursive);
  check({ child: { child: { name: 'a' } } });
  assert.throws(() => check({ child: { child: { name: 'ab' } } }), /at 'child.child.name'/);
});

test('exactly one member of a union is set', () => {
  const check = compileValidator({
    ...structure({ a: { kind: 'string' }, b: { kind: 'string' } }),
    union: true,
  });
  check({ a: 'x' });
  assert.throws(() => check({}), { code: 'SerializationException' });
  assert.throws(() => check({ a: 'x', b: 'y' }), { code: 'SerializationException' });
});
