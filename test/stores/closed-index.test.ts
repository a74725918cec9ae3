import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClosedIndex } from '../../src/stores/memory/closed-index.ts';
import type { Execution } from '../../src/stores/memory/shard.ts';

const execution = (id: string, scope: string, name: string): Execution => ({
  head: { id, api: 'a', scope, name, startedAt: 0 },
  rows: [],
});

test('only those of the name are looked at, else those of the scope', () => {
  const index = new ClosedIndex();
  const all = [execution('1', 's', 'n'), execution('2', 's', 'm'), execution('3', 't', 'n')];
  for (const one of [...all, execution('4', 's', 'n')]) index.add(one);
  const idsOf = (scope: string, name?: string): string[] =>
    [...index.candidates({ api: 'a', scope, ...(name !== undefined && { name }) })].map(
      ({ head }) => head.id,
    );
  assert.deepEqual(idsOf('s', 'n'), ['1', '4']);
  assert.deepEqual(idsOf('s').sort(), ['1', '2', '4']);
  assert.deepEqual(idsOf('t', 'm'), []);
  assert.deepEqual(idsOf('u'), []);
  for (const one of all) index.remove(one);
  assert.deepEqual(idsOf('s'), ['4']);
  assert.deepEqual(idsOf('t', 'n'), []);
});
