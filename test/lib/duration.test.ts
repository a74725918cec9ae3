import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { durationText } from '../../src/lib/duration.ts';

describe('durationText', () => {
  const cases: readonly (readonly [milliseconds: number, expected: string])[] = [
    [0, '0 s'],
    [999, '0 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [240_000, '4 min'],
    [90_500, '1 min 30 s'],
    [3_600_000, '1 h'],
    [3_659_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [90_000_000, '1 d 1 h'],
    [31_536_000_000, '365 d'],
  ];
  for (const [milliseconds, expected] of cases) {
    it(`says ${expected} for ${milliseconds} ms`, () => assert.equal(durationText(milliseconds), expected));
  }
});
