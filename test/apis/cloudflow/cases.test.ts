import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASES } from './cases/cases.ts';

test('every case has a definition, runs, and an id of its own', () => {
  assert.equal(new Set(CASES.map(({ id }) => id)).size, 24);
  assert.equal(new Set(CASES.map(({ definition }) => definition)).size, 24);
  assert.equal(CASES.flatMap(({ runs }) => runs).length, 36);
});
