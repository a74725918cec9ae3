import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timestampMs } from '../../../../src/apis/cloudflow/language/timestamp.ts';

const TIMES: readonly [text: string, iso: string | undefined][] = [
  ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
  ['2026-01-31t09:00:00z', '2026-01-31T09:00:00.000Z'],
  ['2026-01-31 09:00:00Z', '2026-01-31T09:00:00.000Z'],
  ['2026-01-31T09:00:00.123456+08:00', '2026-01-31T01:00:00.123Z'],
  ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
  ['2024-02-29T00:00:00-00:30', '2024-02-29T00:30:00.000Z'],
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-13-01T00:00:00Z', undefined],
  ['2026-01-31T24:00:00Z', undefined],
  ['2026-01-31T09:00:00', undefined],
  ['2026-01-31', undefined],
  ['tomorrow', undefined],
];
for (const [text, iso] of TIMES) {
  test(`${text} is ${iso ?? 'no time'}`, () => {
    const time = timestampMs(text);
    assert.equal(time === undefined ? undefined : new Date(time).toISOString(), iso);
  });
}
