import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberTextRule } from '../../src/wire/number-text.ts';

const seconds = { min: 0, max: 900 };
const priority = { min: -5, max: 5 };
const orNone = { ...seconds, orNone: true };

const notANumber = 'satisfy regular expression pattern: -?\\d+';
const rules = [
  ['0', seconds, undefined],
  ['900', seconds, undefined],
  ['007', seconds, undefined],
  ['901', seconds, 'have value less than or equal to 900'],
  ['-1', seconds, 'have value greater than or equal to 0'],
  ['-5', priority, undefined],
  ['-6', priority, 'have value greater than or equal to -5'],
  ['9'.repeat(400), priority, 'have value less than or equal to 5'],
  ['NONE', orNone, undefined],
  ['NONE', seconds, notANumber],
  ['none', orNone, 'satisfy regular expression pattern: NONE|-?\\d+'],
  ['', seconds, notANumber],
  [' 1', seconds, notANumber],
  ['1\n', seconds, notANumber],
  ['1.5', seconds, notANumber],
  ['1e3', seconds, notANumber],
  ['0x10', seconds, notANumber],
  ['١', seconds, notANumber],
] as const;

for (const [text, shape, rule] of rules) {
  test(`${JSON.stringify(text.slice(0, 9))} from ${shape.min} to ${shape.max}: ${rule ?? 'is allowed'}`, () => {
    assert.equal(numberTextRule(text, shape), rule);
  });
}
