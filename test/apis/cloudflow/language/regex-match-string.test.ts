import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resultOf } from './surroundings.ts';

function fits(pattern: string, text: string): unknown {
  return resultOf('regexMatchString($Input[0], $Input[1])', [text, pattern]);
}

const MATCHES: readonly [pattern: string, text: string, fits: boolean][] = [
  ['b', 'abc', true],
  ['', '', true],
  ['^b', 'abc', false],
  ['^abc$', 'abc\n', false],
  ['a.c', 'a\nc', false],
  ['(?s)a.c', 'a\nc', true],
  ['^b', 'a\nb', false],
  ['(?m)^b$', 'a\nb\nc', true],
  ['(?i)ORDER', 'my order', true],
  ['(?i:A)b', 'aB', false],
  ['a(?i)b|c', 'aB', true],
  ['x|yy|z', 'yyy', true],
  ['^(?:ab|cd)+$', 'abcdab', true],
  ['^(?P<name>a)b$', 'ab', true],
  ['^a{2,3}$', 'aaaa', false],
  ['^a{2,}$', 'aaaa', true],
  ['^a{2}$', 'aa', true],
  ['^a{,2}$', 'a{,2}', true],
  ['^a*?b+?c??$', 'aabb', true],
  ['^\\d{4}-\\d{2}$', '2026-01', true],
  ['^\\w+@[a-z.]+$', 'me_1@example.com', true],
  ['^[^a-c]$', 'b', false],
  ['^[]a]+$', ']a', true],
  ['^[a-]+$', 'a-', true],
  ['^[\\d\\-x]+$', '1-x', true],
  ['^[[:alpha:]]+[[:^digit:]]$', 'ab!', true],
  ['\\bcat\\b', 'a cat!', true],
  ['\\bcat\\b', 'concat', false],
  ['\\Bcat', 'concat', true],
  ['^\\p{Han}+$', '订单', true],
  ['^\\pL\\PL$', 'é1', true],
  ['^\\x41\\x{1F600}$', 'A😀', true],
  ['^.$', '😀', true],
  ['\\.\\$\\[', 'a.$[', true],
  ['\\A\\S+\\z', 'abc', true],
];
for (const [pattern, text, expected] of MATCHES) {
  test(`${JSON.stringify(pattern)} ${expected ? 'fits' : 'does not fit'} ${JSON.stringify(text)}`, () => {
    assert.equal(fits(pattern, text), expected);
  });
}

const WRONG: readonly [pattern: string, rule: string][] = [
  ['a)', 'a ) has no ('],
  ['(a', 'a ( has no )'],
  ['*a', 'a repetition has nothing before it'],
  ['a**', 'a repetition is repeated'],
  ['a{3,2}', 'the repetition {3,2} is not possible'],
  ['a{1001}', 'the repetition {1001} is not possible'],
  ['[a', 'it ends too early'],
  ['[b-a]', 'a range of characters ends before it begins'],
  ['\\', 'it ends too early'],
  ['\\q', 'the escape \\q is not known'],
  ['(a)\\1', 'the escape \\1 is not known'],
  ['(?=a)', 'a group (? is of a kind that is not known'],
  ['\\p{Nothing}', 'the class \\p{Nothing} is not known'],
  ['[[:nothing:]]', 'the class [:nothing:] is not known'],
  ['('.repeat(100), 'there are more than 50 groups in each other'],
  ['((a{100}){100}){100}', 'it is too large'],
];
for (const [pattern, rule] of WRONG) {
  test(`${JSON.stringify(pattern)} is refused`, () => {
    const cause = `The pattern given to regexMatchString cannot be used: ${rule}.`;
    assert.throws(() => fits(pattern, 'a'), { name: 'EvaluationError', cause });
  });
}

// Each would keep an engine that goes back busy for longer than anybody lives; here a count of steps would end it.
for (const pattern of ['^(a*)*$', '^(a|a)*$', '^(a|aa)+$', '^(.*a){12}$', '^a*a*a*a*a*a*$', '(x+x+)+y']) {
  test(`${pattern} is answered on a long text`, () => {
    assert.equal(fits(pattern, `${'a'.repeat(20_000)}!`), false);
  });
}

test('a large pattern on a long text is given up', () => {
  const cause = /it has too much to do on so long a text/;
  assert.throws(() => fits('(a?){1000}$', `${'a'.repeat(60_000)}!`), { name: 'EvaluationError', cause });
});

test('random patterns agree with the engine of JavaScript', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '^', '$', '\\b');
  const count = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?');
  const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
    pattern: fc
      .array(fc.array(tie('part'), { maxLength: 4 }), { minLength: 1, maxLength: 2 })
      .map((parts) => parts.map((each) => each.join('')).join('|')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(atom, count).map(([text, times]) => (/^[\^$]|\\b/.test(text) ? text : text + times)),
      fc.tuple(tie('pattern'), count).map(([inner, times]) => `(${inner})${times}`),
    ),
  }));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '\n'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (source, sample) => {
      assert.equal(fits(source, sample), new RegExp(source, 'u').test(sample));
    }),
    { numRuns: 500 },
  );
});
