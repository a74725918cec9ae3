import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { WriteBehind } from '../../src/files/backends/write-behind.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const KIB = 1024;
const size = fc.oneof(
  fc.integer({ min: 1, max: 2000 }),
  fc.constantFrom(64 * KIB, 128 * KIB - 1, 128 * KIB, 261_120, 1 << 20),
  fc.integer({ min: 100 * KIB, max: 1200 * KIB }),
);
/** One begins anywhere, or where the one before it ended. */
const write = fc.record({
  size,
  at: fc.option(fc.nat(3 << 20), { freq: 4 }),
});

interface Opened {
  readonly content: WriteBehind;
  readonly passed: number[];
  readonly read: () => Buffer;
}

/** Each write to the file comes some turns of the event loop late; the one of that number fails. */
async function withFile(
  { late, failing }: { readonly late: readonly number[]; readonly failing?: number },
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'a');
  const fd = openSync(path, 'w+');
  const passed: number[] = [];
  let begun = 0;
  let under = 0;
  let most = 0;
  const open = async (): Promise<number> => {
    const number = begun++;
    under += 1;
    most = Math.max(most, under);
    for (let left = late[number % late.length] ?? 0; left > 0; left -= 1) await turn();
    under -= 1;
    if (number === failing) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    return fd;
  };
  const content = new WriteBehind({ open, shown: 'a', passed: (_, position) => passed.push(position) });
  try {
    await work({ content, passed, read: () => readFileSync(path) });
    assert.ok(most <= 1, 'one write at a time is on its way');
  } finally {
    await content.rest();
    closeSync(fd);
    await directory.remove();
  }
}

describe('what is written behind', () => {
  it('is all there once it is flushed, wherever and however slowly it was written', async () => {
    const turns = fc.array(fc.nat(5), { minLength: 1 });
    const writes = fc.array(write, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(writes, turns, (all, late) =>
        withFile({ late }, async ({ content, read }) => {
          const expected = Buffer.alloc(5 << 20);
          let end = 0;
          let next = 0;
          for (const [number, { size, at }] of all.entries()) {
            const position = at ?? Math.min(next, 3 << 20);
            const bytes = Buffer.alloc(size, number + 1);
            bytes.copy(expected, position);
            next = position + size;
            end = Math.max(end, next);
            await content.write(position, bytes);
            bytes.fill(0xff);
          }
          assert.equal(content.end, end);
          await content.flush();
          assert.ok(read().equals(expected.subarray(0, end)));
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('passes in order', async () => {
    await withFile({ late: [3, 0] }, async ({ content, passed }) => {
      for (const [position, length] of [
        [0, 1000],
        [1000, 200_000],
        [201_000, 300_000],
        [501_000, 10],
      ] as const)
        await content.write(position, Buffer.alloc(length));
      await content.flush();
      assert.deepEqual(passed, [0, 1000, 201_000, 501_000]);
    });
  });

  it('writes nothing after its rest, not even what waited for its turn', async () => {
    await withFile({ late: [9] }, async ({ content, passed }) => {
      const ended = { reason: 'invalid' };
      await content.write(0, Buffer.alloc(60_000));
      await content.write(60_000, Buffer.alloc(60_000));
      const waiting = assert.rejects(async () => content.write(120_000, Buffer.alloc(2 << 20)), ended);
      await content.rest();
      await waiting;
      for (const length of [10, 100_000, 200_000])
        await assert.rejects(async () => content.write(120_000, Buffer.alloc(length)), ended);
      await assert.rejects(content.flush(), ended);
      assert.deepEqual(passed, [0]);
      assert.equal(content.end, 120_000);
    });
  });

  for (const failing of [0, 1, 2]) {
    it(`fails for good with write ${failing + 1} that fails`, async () => {
      await withFile({ late: [9, 0, 0], failing }, async ({ content }) => {
        const all = async (): Promise<void> => {
          await content.write(0, Buffer.alloc(1000));
          await content.write(1000, Buffer.alloc(200_000));
          await content.write(201_000, Buffer.alloc(10));
          await content.flush();
        };
        await assert.rejects(all(), { reason: 'no-space' });
        await assert.rejects(content.flush(), { reason: 'no-space' });
      });
    });
  }
});
