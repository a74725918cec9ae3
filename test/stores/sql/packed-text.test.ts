import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack, unpack } from '../../../src/stores/sql/packed-text.ts';

const event = JSON.stringify({ type: 'IterationEntered', input: 'größe ✓ '.repeat(300) });

for (const text of ['', '[]', event, event.repeat(10), event.repeat(400)])
  test(`${text.length} characters come back as they were`, () => assert.equal(unpack(pack(text)), text));

test('what repeats itself takes little room', () => {
  const packed = pack(event.repeat(1000));
  assert.ok(typeof packed !== 'string' && packed.length < event.length, String(packed.length));
});

test('what is short is left as it is', () => assert.equal(pack(event), event));
