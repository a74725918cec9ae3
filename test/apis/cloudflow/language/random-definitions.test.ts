import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DefinitionError } from '../../../../src/apis/cloudflow/language/definition-error.ts';
import { evaluate } from '../../../../src/apis/cloudflow/language/evaluate.ts';
import { EvaluationError } from '../../../../src/apis/cloudflow/language/evaluation-error.ts';
import { ExpressionError } from '../../../../src/apis/cloudflow/language/expression-error.ts';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { parseExpression } from '../../../../src/apis/cloudflow/language/parse-expression.ts';
import type { Plan } from '../../../../src/apis/cloudflow/language/plan.ts';
import { CASES } from '../cases/cases.ts';
import { countedLimits } from './counted-limits.ts';
import { ANY, surroundings } from './surroundings.ts';
import { readDefinition } from './usual-limits.ts';

const DEFINITIONS = CASES.map(({ definition }) => definition);
const PIECES = [
  ...[
    '\n',
    ' ',
    '  ',
    '- ',
    ': ',
    '? ',
    ', ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|\n',
    '>\n',
    '#',
    '&a ',
    '*a',
    '!t ',
  ],
  ...['---\n', '...\n', '%', '@', '\t', '\\', '$', '$Input', '.$: ', '\r', '\0', '\ud800', '~', '1', 'a'],
];

/** Reads a text: nothing but a plan or a refusal comes of it, after work in proportion to its length. */
function read(text: string): Plan | undefined {
  const { limits, looks } = countedLimits();
  try {
    return readDefinition(text, limits);
  } catch (error) {
    assert.ok(error instanceof DefinitionError, String(error));
    assert.match(error.message, /^(line [1-9]\d*|the definition)/);
    return undefined;
  } finally {
    assert.ok(looks() <= 100 + 20 * text.length, `${looks()} looks at ${text.length} characters`);
  }
}

/** Every number of a list, step or state that a plan holds leads somewhere. */
function assertComplete({ language, lists }: Plan): void {
  const inside = (number: number | undefined, length: number) =>
    assert.ok(number === undefined || (number >= 0 && number < length), `${number} of ${length}`);
  const sizes = lists.map((list) => ('states' in list ? list.states.length : list.length));
  assert.ok(sizes.every((size) => size > 0));
  JSON.stringify(lists, (key, value: Json) => {
    if (typeof value === 'number' && (key === 'processor' || (key === 'steps' && language === 'legacy'))) {
      inside(value, lists.length);
    }
    if (typeof value === 'number' && ['goto', 'next', 'default', 'startAt'].includes(key)) {
      inside(value, Math.max(...sizes));
    }
    return value;
  });
}

test('any text is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 60 }), (text) => {
      read(text);
    }),
    { numRuns: 1_000 },
  );
});

test('a definition with a few mistakes is read or refused', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    gone: fc.nat({ max: 12 }),
    put: fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom('Next', 'name', 'steps', '-1', '1e400')),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...DEFINITIONS),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      (text, edits) => {
        const edited = edits.reduce((before, { at, gone, put }) => {
          const place = Math.floor(at * before.length);
          return before.slice(0, place) + put + before.slice(place + gone);
        }, text);
        const plan = read(edited);
        if (plan !== undefined) assertComplete(plan);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a definition whose lines are gone or twice is read or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DEFINITIONS), fc.infiniteStream(fc.nat({ max: 9 })), (text, choices) => {
      const lines = text.split('\n').flatMap((line) => {
        const choice = choices.next().value;
        if (choice === 0) return [];
        return choice === 1 ? [line, line] : [line];
      });
      const plan = read(lines.join('\n'));
      if (plan !== undefined) assertComplete(plan);
    }),
    { numRuns: 500 },
  );
});

test('known words in unknown places are read or refused', () => {
  const words = [...new Set(DEFINITIONS.join('\n').match(/[A-Za-z_.$]+/g))];
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(...words),
        fc.constantFrom(1, 0, -1, 1e300, true, false, null, '', '__proto__'),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...words, '__proto__'), tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  const heads = [
    { type: 'flow', version: 'v1' },
    { Type: 'StateMachine', SpecVersion: 'v1' },
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), value, (head, rest) => {
      read(JSON.stringify({ ...head, steps: rest, States: rest }));
      read(JSON.stringify({ ...head, ...(Array.isArray(rest) ? { steps: rest } : (rest as object)) }));
    }),
    { numRuns: 500 },
  );
});

const TOKENS = [
  ...[
    '$Input',
    '.a',
    '[0]',
    '[*]',
    '$Global.g',
    '1',
    '-2.5',
    '"t"',
    '`r`',
    "'s'",
    'true',
    'null',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    '{',
    '}',
    ',',
    ':',
    '&&',
    '||',
    '!',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    ' ',
    'length(',
    'toArray(',
    'format(',
  ],
  ...['get(', 'jsonMerge(', 'split(', 'arrayUnique(', '=', '"', '\\', '$', '😀', '\ud800'],
];

test('any expression is refused when it is read, or gives a value or an evaluation error', () => {
  const input = { a: [1, 'two', { a: null }], b: true };
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...TOKENS), maxLength: 12 }), (text) => {
      try {
        evaluate(parseExpression(text, ANY), surroundings({ Input: input, Global: {} }));
      } catch (error) {
        assert.ok(error instanceof ExpressionError || error instanceof EvaluationError, String(error));
      }
    }),
    { numRuns: 3_000 },
  );
});
