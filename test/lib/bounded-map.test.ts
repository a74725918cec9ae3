import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedMap } from '../../src/lib/bounded-map.ts';

const letters = (map: BoundedMap<string, number>): string =>
  [...'abcdefgh'].filter((letter) => map.get(letter) !== undefined).join('');

test('a full map forgets its oldest entry, again and again', () => {
  const map = new BoundedMap<string, number>(3);
  const held = [...'abcdefgh'].map((letter, place) => {
    map.set(letter, place);
    return letters(map);
  });
  assert.deepEqual(held, ['a', 'ab', 'abc', 'bcd', 'cde', 'def', 'efg', 'fgh']);
  assert.equal(map.size, 3);
});

test('an entry that is set again keeps its age', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  assert.deepEqual([map.get('a'), map.size], [3, 2]);
  map.set('c', 4);
  assert.equal(letters(map), 'bc');
});
