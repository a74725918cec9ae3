import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EntityTag, entityTagOf, entityTagOfFile } from '../../src/files/entity-tag.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const MEGABYTE = 1 << 20;
const large = Buffer.from(
  Uint32Array.from({ length: 5 * MEGABYTE }, (_, at) => Math.imul(at, 0x9e3779b1)).buffer,
);

function tagOf(content: Uint8Array, cuts: readonly number[] = [MEGABYTE]): string {
  const tag = new EntityTag();
  for (let at = 0, turn = 0; at < content.length; turn += 1) {
    const size = cuts[turn % cuts.length] as number;
    tag.update(content.subarray(at, at + size));
    at += size;
  }
  return tag.digest();
}

describe('an entity tag', () => {
  it('of up to 8 MiB is the MD5', () => {
    for (const size of [0, 1, 8 * MEGABYTE]) {
      const content = large.subarray(0, size);
      const md5 = createHash('md5').update(content).digest('hex');
      assert.equal(tagOf(content), md5);
      assert.equal(entityTagOf(content), md5);
    }
  });

  it('of more names the number of parts', () => {
    assert.match(tagOf(large.subarray(0, 8 * MEGABYTE + 1)), /^[0-9a-f]{32}-2$/);
    assert.match(tagOf(large), /^[0-9a-f]{32}-3$/);
  });

  it('does not depend on the pieces that the content comes in', () => {
    const whole = tagOf(large, [large.length]);
    const size = fc.integer({ min: 200_000, max: 6 * MEGABYTE });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 5 }), (cuts) =>
        assert.equal(tagOf(large, cuts), whole),
      ),
      { numRuns: 20 },
    );
  });

  it('changes with each bit', () => {
    const whole = tagOf(large);
    fc.assert(
      fc.property(fc.nat(large.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(large);
        changed[at] = (changed[at] as number) ^ (1 << bit);
        assert.notEqual(tagOf(changed), whole);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same for a file', async () => {
    const directory = await makeTemporaryDirectory();
    const path = join(directory.path, 'large');
    await writeFile(path, large);
    const fd = openSync(path, 'r');
    try {
      assert.equal(await entityTagOfFile(fd), tagOf(large));
    } finally {
      closeSync(fd);
      await directory.remove();
    }
  });
});
