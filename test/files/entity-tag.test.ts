import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EntityTag, entityTagOf, entityTagOfFile, WrittenTag } from '../../src/files/entity-tag.ts';
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

describe('the entity tag of a file that is being written', () => {
  type Write = readonly [position: number, bytes: Uint8Array];

  /** What it says of a file after some writes to it, for the size that the file then has. */
  function writtenTag(writes: readonly Write[]): string | undefined {
    const tag = new WrittenTag();
    for (const [position, bytes] of writes) tag.add(bytes, position);
    return tag.digest(Math.max(0, ...writes.map(([position, bytes]) => position + bytes.length)));
  }

  const text = (content: string): Buffer => Buffer.from(content);

  it('is known when all of it came in order', () => {
    const inOrder: readonly Write[] = [
      [0, text('he')],
      [2, text('')],
      [2, text('llo')],
    ];
    assert.equal(writtenTag(inOrder), entityTagOf(text('hello')));
    assert.equal(writtenTag([[0, text('')]]), entityTagOf(text('')));
  });

  it('is known when it was written again from its start to its end', () => {
    const first: Write = [0, text('hello')];
    assert.equal(writtenTag([first, [0, text('HELLO')]]), entityTagOf(text('HELLO')));
    assert.equal(writtenTag([first, [0, text('HE')], [2, text('LLO')]]), entityTagOf(text('HELLO')));
    assert.equal(writtenTag([first, [7, text('x')], [0, text('HELLO, x')]]), entityTagOf(text('HELLO, x')));
  });

  it('is not known of anything else', () => {
    const first: Write = [0, text('hello')];
    const cases: Readonly<Record<string, readonly Write[]>> = {
      'nothing was written': [],
      'the first bytes came last': [
        [2, text('llo')],
        [0, text('he')],
      ],
      'two pieces changed places': [
        [0, text('he')],
        [4, text('o')],
        [2, text('ll')],
      ],
      'there is a hole': [first, [6, text('x')]],
      'a hole was filled later': [first, [6, text('x')], [5, text('y')]],
      'only the start was written again': [first, [0, text('HE')]],
      'a part in the middle was written again': [first, [2, text('LL')]],
      'a piece came twice': [first, [5, text('x')], [5, text('x')]],
    };
    for (const [what, writes] of Object.entries(cases)) assert.equal(writtenTag(writes), undefined, what);
  });

  it('is not known after another change, until all is written again', () => {
    const tag = new WrittenTag();
    tag.add(text('hello'), 0);
    tag.forget();
    tag.add(text('x'), 5);
    assert.equal(tag.digest(6), undefined);
    tag.add(text('hello'), 0);
    assert.equal(tag.digest(5), entityTagOf(text('hello')));
  });

  it('is never that of another content', () => {
    const place = fc.oneof(fc.constantFrom('start' as const, 'end' as const), fc.nat(12));
    const pieces = fc.array(fc.tuple(place, fc.uint8Array({ maxLength: 8 })), { maxLength: 6 });
    let known = 0;
    fc.assert(
      fc.property(pieces, (given) => {
        const writes: Write[] = [];
        let content = Buffer.alloc(0);
        for (const [at, bytes] of given) {
          const position = at === 'start' ? 0 : at === 'end' ? content.length : at;
          writes.push([position, bytes]);
          content = Buffer.concat([content], Math.max(content.length, position + bytes.length));
          content.set(bytes, position);
        }
        const tag = writtenTag(writes);
        if (tag === undefined) return;
        assert.equal(tag, entityTagOf(content));
        known += 1;
      }),
      { numRuns: 2_000 },
    );
    assert.ok(known > 100, `known of ${known}`);
  });

  it('is the same at the limit of 8 MiB, whatever lay there before', () => {
    const limit = 8 * MEGABYTE;
    const long: Write = [0, large];
    const short: Write = [0, text('hello')];
    for (const size of [limit - 1, limit, limit + 1]) {
      const content = large.subarray(0, size);
      const whole: Write = [0, content];
      const inTwo: readonly Write[] = [
        [0, content.subarray(0, limit - 1)],
        [limit - 1, content.subarray(limit - 1)],
      ];
      for (const writes of [[whole], inTwo, [short, whole]]) {
        assert.equal(writtenTag(writes), tagOf(content), `${size} bytes`);
      }
      assert.equal(writtenTag([long, whole]), undefined);
    }
  });
});
