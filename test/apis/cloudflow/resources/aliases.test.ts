import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseVersion } from '../../../../src/apis/cloudflow/resources/aliases.ts';

const route = (Version: string, Weight: number) => ({ Version, Weight });

const CHOICES: readonly (readonly [string, readonly ReturnType<typeof route>[], number, string])[] = [
  ['the only version', [route('1', 30)], 0, '1'],
  ['the only version, at the end', [route('1', 30)], 0.999999, '1'],
  ['the first at the beginning', [route('1', 20), route('2', 80)], 0, '1'],
  ['the first up to its weight', [route('1', 20), route('2', 80)], 0.19999, '1'],
  ['the second from there', [route('1', 20), route('2', 80)], 0.2, '2'],
  ['the second to the end', [route('1', 20), route('2', 80)], 0.999999, '2'],
  ['never one without weight', [route('1', 0), route('2', 5)], 0, '2'],
  ['never a last one without weight', [route('1', 5), route('2', 0)], 0.999999, '1'],
];

for (const [what, routes, random, version] of CHOICES) {
  test(`an alias chooses ${what}`, () => {
    assert.equal(chooseVersion(routes, random), version);
  });
}
