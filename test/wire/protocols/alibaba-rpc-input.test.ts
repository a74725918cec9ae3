import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileParameters } from '../../../src/wire/protocols/alibaba-rpc-input.ts';
import type { Parameters } from '../../../src/wire/protocols/alibaba-rpc-shape.ts';

const parameters = {
  Name: { kind: 'string', required: true, min: 1, max: 5, pattern: '[a-z]+', form: '1 to 5 small letters' },
  Note: { kind: 'string', max: 3 },
  Code: { kind: 'string', pattern: '\\d+' },
  Long: { kind: 'string', min: 3 },
  Mode: { kind: 'string', enum: ['A', 'B'] },
  Wait: { kind: 'integer', min: 0, max: 60 },
  Count: { kind: 'integer', min: 1 },
  Below: { kind: 'integer', max: -1 },
  Any: { kind: 'integer' },
  Loud: { kind: 'boolean' },
  Words: { kind: 'list', min: 1, max: 2, member: { kind: 'string', min: 1 } },
  Box: {
    kind: 'structure',
    members: {
      Things: {
        kind: 'list',
        member: {
          kind: 'structure',
          members: {
            Name: { kind: 'string', required: true },
            Weight: { kind: 'integer', min: 0 },
            On: { kind: 'boolean' },
          },
        },
      },
    },
  },
} as const satisfies Parameters;

const readInput = compileParameters(parameters);
const read = (given: Readonly<Record<string, string>>) => readInput(new Map(Object.entries(given)));

const things = (...list: object[]): object => ({ Box: { Things: list } });

describe('read', () => {
  const table: readonly [string, Record<string, string>, object][] = [
    ['nothing but what is required', {}, {}],
    ['texts', { Note: 'é ', Code: '1' }, { Note: 'é ', Code: '1' }],
    ['a text that may be empty', { Note: '' }, { Note: '' }],
    ['empty values that may not be', { Long: '', Mode: '', Wait: '', Loud: '', Words: '', Box: '' }, {}],
    [
      'integers',
      { Wait: '060', Count: '123456789012345', Below: '-2', Any: '-0' },
      { Wait: 60, Count: 123456789012345, Below: -2, Any: -0 },
    ],
    ['booleans', { Loud: 'true' }, { Loud: true }],
    ['booleans as Python prints them', { Loud: 'False' }, { Loud: false }],
    ['one of a choice', { Mode: 'B' }, { Mode: 'B' }],
    ['what the operation does not have', { RegionId: 'x', name: 'y', constructor: 'z', __proto__: 'x' }, {}],
    ['a list as JSON', { Words: '["a","b"]' }, { Words: ['a', 'b'] }],
    ['a list as parameters', { 'Words.1': 'a', 'Words.2': 'b' }, { Words: ['a', 'b'] }],
    ['positions in their order', { 'Words.10': 'b', 'Words.9': 'a' }, { Words: ['a', 'b'] }],
    [
      'a structure as JSON',
      { Box: '{"Things":[{"Name":"a","Weight":1,"On":true}]}' },
      things({ Name: 'a', Weight: 1, On: true }),
    ],
    [
      'scalars in JSON as texts',
      { Box: '{"Things":[{"Name":7,"Weight":"1","On":"false"}]}' },
      things({ Name: '7', Weight: 1, On: false }),
    ],
    ['null in JSON as absent', { Box: '{"Things":[{"Name":"a","Weight":null}]}' }, things({ Name: 'a' })],
    ['null for all of it', { Box: 'null', Words: 'null' }, {}],
    ['unknown members left out', { Box: '{"Things":[],"__proto__":{"x":1},"y":2}' }, things()],
    [
      'a structure as parameters',
      { 'Box.Things.1.Name': 'a', 'Box.Things.1.Weight': '2', 'Box.Things.2.Name': 'b' },
      things({ Name: 'a', Weight: 2 }, { Name: 'b' }),
    ],
    ['JSON inside parameters', { 'Box.Things': '[{"Name":"a"}]' }, things({ Name: 'a' })],
    ['parameters below a name that is not a structure', { 'Note.1': 'x' }, {}],
  ];
  for (const [title, given, expected] of table)
    test(title, () => assert.deepEqual(read({ Name: 'abc', ...given }), { Name: 'abc', ...expected }));
});

describe('refused', () => {
  const must = (name: string, rule: string): string => `The parameter '${name}' must ${rule}.`;
  const table: readonly [Record<string, string>, string][] = [
    [{ Name: 'abcdef' }, must('Name', 'be 1 to 5 small letters')],
    [{ Name: 'A' }, must('Name', 'be 1 to 5 small letters')],
    [{ Name: 'a\n' }, must('Name', 'be 1 to 5 small letters')],
    [{ Note: 'long' }, must('Note', 'have at most 3 characters')],
    [{ Long: 'ab' }, must('Long', 'have at least 3 characters')],
    [{ Code: 'x' }, must('Code', 'match the pattern \\d+')],
    [{ Mode: 'a' }, must('Mode', 'be one of A, B')],
    ...['61', '-1', 'abc', '1.0', ' 1', '1e1', '0x1', '+1', '1234567890123456'].map(
      (Wait): [Record<string, string>, string] => [{ Wait }, must('Wait', 'be an integer from 0 to 60')],
    ),
    [{ Count: '0' }, must('Count', 'be an integer of at least 1')],
    [{ Below: '0' }, must('Below', 'be an integer of at most -1')],
    [{ Any: 'x' }, must('Any', 'be an integer')],
    [{ Loud: 'yes' }, must('Loud', 'be true or false')],
    [{ Loud: '1' }, must('Loud', 'be true or false')],
    [{ Words: '["a"' }, must('Words', 'be JSON text')],
    [{ Words: '{}' }, must('Words', 'be a JSON list')],
    [{ Words: '[]' }, must('Words', 'have at least 1 value')],
    [{ Words: '["a","b","c"]' }, must('Words', 'have at most 2 values')],
    [{ Words: '[["a"]]' }, must('Words.1', 'be a single value')],
    [{ Words: '["a",null]' }, must('Words', 'have no empty value')],
    [{ Words: '[""]' }, must('Words', 'have no empty value')],
    [{ 'Words.1': '' }, must('Words', 'have no empty value')],
    [{ 'Words.0': 'a' }, must('Words.0', 'have a number from 1 to 9999 for its place in the list')],
    [{ 'Words.x': 'a' }, must('Words.x', 'have a number from 1 to 9999 for its place in the list')],
    [{ 'Words.99999': 'a' }, must('Words.99999', 'have a number from 1 to 9999 for its place in the list')],
    [{ Box: '[]' }, must('Box', 'be a JSON object')],
    [{ Box: '"x"' }, must('Box', 'be a JSON object')],
    [{ Box: 'x' }, must('Box', 'be JSON text')],
    [{ Box: '{"Things":{}}' }, must('Box.Things', 'be a JSON list')],
    [{ Box: '{"Things":[1]}' }, must('Box.Things.1', 'be a JSON object')],
    [
      { Box: '{"Things":[{"Name":"a","Weight":-1}]}' },
      must('Box.Things.1.Weight', 'be an integer of at least 0'),
    ],
    [
      { 'Box.Things.1.Name': 'a', 'Box.Things.1.Weight': 'x' },
      must('Box.Things.1.Weight', 'be an integer of at least 0'),
    ],
  ];
  for (const [given, message] of table)
    test(JSON.stringify(given), () =>
      assert.throws(() => read({ Name: 'abc', ...given }), { code: 'InvalidArgument', status: 400, message }),
    );
});

describe('missing', () => {
  const table: readonly [Record<string, string>, string][] = [
    [{}, 'Name'],
    [{ Name: '' }, 'Name'],
    [{ name: 'abc' }, 'Name'],
    [{ Wait: 'abc' }, 'Name'],
    [{ Name: 'a', Box: '{"Things":[{"Name":"a"},{}]}' }, 'Box.Things.2.Name'],
    [{ Name: 'a', 'Box.Things.1.Weight': '1' }, 'Box.Things.1.Name'],
  ];
  for (const [given, name] of table)
    test(JSON.stringify(given), () =>
      assert.throws(() => read(given), {
        code: 'MissingRequiredParams',
        status: 400,
        message: `The HTTP query '${name}' must be specified.`,
      }),
    );

  test('all that is required comes before the first that is wrong', () => {
    const twoNames = compileParameters({
      A: { kind: 'integer', required: true },
      B: { kind: 'string', required: true },
    });
    assert.throws(() => twoNames(new Map([['A', 'x']])), /'B' must be specified/);
  });

  test('a required structure may come as parameters', () => {
    const required = compileParameters({ Box: { ...parameters.Box, required: true } });
    assert.deepEqual(required(new Map([['Box.Things.1.Name', 'a']])), things({ Name: 'a' }));
    assert.throws(() => required(new Map([['Box', '']])), /'Box' must be specified/);
  });
});
