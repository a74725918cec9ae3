import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toJson } from '../../../../src/apis/cloudflow/language/source-node.ts';
import { readSource } from '../../../../src/apis/cloudflow/language/yaml-source.ts';
import { USUAL_LIMITS } from './usual-limits.ts';

const VALUES: readonly (readonly [text: string, value: unknown])[] = [
  ['!!str 12', '12'],
  ['!!str', ''],
  ['!!str 2026-01-31', '2026-01-31'],
  ['!!str &a true', 'true'],
  ['!<tag:yaml.org,2002:str> 1', '1'],
  ['! 12', '12'],
  ['!!int "12"', 12],
  ['!!int -3', -3],
  ['!!int 0x1F', 31],
  ['!!int 0o17', 15],
  ['!!float 1', 1],
  ['!!float "1.5e3"', 1500],
  ['!!bool "True"', true],
  ['!!null ""', null],
  ['!!map {a: !!str 1}', { a: '1' }],
  ['!!seq [!!int "1", !!bool "false"]', [1, false]],
  ['!!timestamp 2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['!!timestamp 2001-12-14t21:59:43.10-05:00', '2001-12-15T02:59:43.100Z'],
  ['!!timestamp 2001-12-14 21:59:43.10 -5', '2001-12-15T02:59:43.100Z'],
  ['!!timestamp 2001-12-15 2:59:43.1', '2001-12-15T02:59:43.100Z'],
  ['{!!str 1: a}', { '1': 'a' }],
  ['[&a !!str 1, *a]', ['1', '1']],
];
for (const [text, value] of VALUES) {
  test(`the tags of ${text} are honoured`, () => {
    assert.deepEqual(toJson(readSource(text, USUAL_LIMITS)), value);
  });
}
