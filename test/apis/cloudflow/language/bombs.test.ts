import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedLimits } from './counted-limits.ts';
import { readDefinition } from './usual-limits.ts';

const LENGTH = 1_000_000;
const filled = (part: string) => part.repeat(Math.ceil(LENGTH / part.length));
const numbered = (part: (number: number) => string) =>
  Array.from({ length: LENGTH / 10 }, (_, number) => part(number)).join('');

/** Long texts, and why they are refused although no limit is on their length. */
const LONG: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'lists in lists': [filled('['), /^line 1: there are more than 100 levels/],
  'maps in maps': [filled('{"a":'), /^line 1: there are more than 100 levels/],
  'lists in lists by dashes': [filled('- '), /^line 1: there are more than 100 levels/],
  'keys in keys': [filled('? '), /^line 1: there are more than 100 levels/],
  'deeper on each line': [
    Array.from({ length: 1_400 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    /^line 102: there are more than 100 levels/,
  ],
  items: [filled('- a\n'), /^line 12000: there are more than 60000 values/],
  'items in one line': [`[${filled('1,')}]`, /^line 1: there are more than 60000 values/],
  keys: [numbered((number) => `k${number}: 1\n`), /there are more than 60000 values/],
  'empty lines': [filled('\n'), /there are more than 60000 values/],
  comments: [filled('#\n'), /there are more than 60000 values/],
  anchors: [numbered((number) => `- &a${number} 1\n`), /^line 1001: there are more than 1000 anchors/],
  'anchors of nothing': [filled('& '), /^line 1: there are more than 1000 anchors/],
  documents: [filled('---\n'), /^line 2: there is more than one YAML document/],
  tags: [filled('!a '), /^line 1: the tag !a is not understood/],
  'tags of YAML’s own': [filled('!!str '), /^line 1: there are more than 60000 values/],
  'tagged items': [filled('- !!int a\n'), /^line \d+: there are more than 60000 values/],
  'closing brackets': [filled(']'), /^line 1: this is not YAML/],
  'mixed structures': [filled('- a\nb\n'), /^line 3: this is not YAML/],
};
for (const [what, [text, message]] of Object.entries(LONG)) {
  test(`many ${what} are refused after a bounded part of the text`, () => {
    const { limits, looks } = countedLimits({ characters: Infinity });
    assert.throws(() => readDefinition(text, limits), { name: 'DefinitionError', message });
    assert.ok(looks() < 200_000, `${looks()} looks`);
  });
}

test('what is too long is not looked at', () => {
  const { limits, looks } = countedLimits({ characters: 1_000 });
  assert.throws(() => readDefinition(filled('a'), limits), {
    name: 'DefinitionError',
    message: 'the definition is longer than 1000 characters',
  });
  assert.ok(looks() < 10);
});

/** Each line repeats the line before. */
function grown(lines: number, line: (before: string) => string): string {
  return Array.from(
    { length: lines },
    (_, number) => `a${number + 1}: &a${number + 1} ${line(`*a${number}`)}\n`,
  ).join('');
}

const SMALL: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'ten times more on each line': [
    `a0: &a0 [x]\n${grown(30, (before) => `[${Array(10).fill(before).join(',')}]`)}`,
    /there are more than 15000 values/,
  ],
  'a long text again and again': [
    `a: &a ${'x'.repeat(10_000)}\nb: [${Array(100).fill('*a').join(',')}]`,
    /^line 2: there are more than 15000 values or 262144 characters in all/,
  ],
  'one level more on each line': [
    `a0: &a0 x\n${grown(200, (before) => `[${before}]`)}`,
    /more than 100 levels/,
  ],
  'many aliases': [
    `a: &a 1\nb: [${Array(1_001).fill('*a').join(',')}]`,
    /^line 2: there are more than 1000 aliases/,
  ],
};
for (const [what, [text, message]] of Object.entries(SMALL)) {
  test(`aliases that stand for ${what} are refused without being written out`, () => {
    const { limits, looks } = countedLimits();
    assert.throws(() => readDefinition(text, limits), { name: 'DefinitionError', message });
    assert.ok(looks() < 50_000, `${looks()} looks`);
  });
}

test('a thousand steps are well within the limits', () => {
  const steps = Array.from({ length: 1_000 }, (_, number) => `- {type: pass, name: s${number}}\n`).join('');
  const plan = readDefinition(`type: flow\nversion: v1\nsteps:\n${steps}`);
  assert.equal(plan.language === 'legacy' && plan.lists[0]?.length, 1_000);
});
