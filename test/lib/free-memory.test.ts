import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freeMemory } from '../../src/lib/free-memory.ts';

describe('memory that nobody reads any more', () => {
  it('is free at once', () => {
    const bytes = Buffer.allocUnsafeSlow(100_000);
    freeMemory(bytes.subarray(1, 99_000));
    assert.equal(bytes.buffer.byteLength, 0);
  });

  it('stays where others may share it', () => {
    const pooled = Buffer.allocUnsafe(Buffer.poolSize / 2 - 1);
    const part = Buffer.allocUnsafeSlow(100_000).subarray(0, 50_000);
    const shared = new Uint8Array(new SharedArrayBuffer(100_000));
    for (const bytes of [pooled, part, shared]) {
      freeMemory(bytes);
      assert.notEqual(bytes.buffer.byteLength, 0);
    }
  });
});
