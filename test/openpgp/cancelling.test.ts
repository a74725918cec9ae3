import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { decryptOpenPgp } from '../../src/openpgp/decrypt.ts';
import { DecryptingThread } from '../../src/openpgp/thread.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { inPieces, key, message, plain } from './fixtures.ts';
import { literal, messageOf } from './message-maker.ts';

const keys = [key('nistp256')];
const maxBytes = 100_000_000;
const large = messageOf(literal(randomBytes(30_000_000)));

const threads = (): readonly unknown[] =>
  (process.report.getReport() as { readonly workers: readonly unknown[] }).workers;

/** Nothing of a thread is left, nor of a channel to it. */
function assertQuiet(): void {
  assert.ok(!process.getActiveResourcesInfo().includes('MessagePort'));
  assert.equal(threads().length, 0, 'a thread is left');
}

test('a thread is there while there is work', async () => {
  const content = decryptOpenPgp(inPieces(await large), keys, { maxBytes });
  await content.next();
  assert.throws(assertQuiet);
  await content.return(undefined);
  assertQuiet();
});

/** Tells how much was read of it, and whether it was let go of. */
function watched(bytes: Uint8Array) {
  const seen = { bytes: 0, isOver: false };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of inPieces(bytes)) {
        seen.bytes += piece.length;
        yield piece;
      }
    } finally {
      seen.isOver = true;
    }
  }
  return { seen, pieces: pieces() };
}

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  for await (const piece of pieces) count += piece.length;
  return count;
}

test('nothing is left after the end', async () => {
  const { seen, pieces } = watched(message('nistp256'));
  assert.equal(await drain(decryptOpenPgp(pieces, keys, { maxBytes })), plain.length);
  assert.ok(seen.isOver);
  assertQuiet();
});

test('nothing is left when the consumer stops', async () => {
  const { seen, pieces } = watched(await large);
  for await (const piece of decryptOpenPgp(pieces, keys, { maxBytes })) {
    assert.ok(piece.length > 0);
    break;
  }
  assert.ok(seen.isOver);
  assertQuiet();
});

test('nothing is left after a refusal', async () => {
  const { seen, pieces } = watched(Buffer.concat([await large, Buffer.from('more')]));
  await assert.rejects(drain(decryptOpenPgp(pieces, keys, { maxBytes })), { reason: 'damaged' });
  assert.ok(seen.isOver);
  assertQuiet();
});

test('a signal ends it with its reason, wherever it is', async () => {
  const why = new Error('enough');
  await assert.rejects(
    drain(decryptOpenPgp(inPieces(await large), keys, { maxBytes, signal: AbortSignal.abort(why) })),
    why,
  );
  for (const pieceNumber of [1, 3, 20]) {
    const controller = new AbortController();
    const { seen, pieces } = watched(await large);
    let count = 0;
    const run = async (): Promise<void> => {
      for await (const _piece of decryptOpenPgp(pieces, keys, { maxBytes, signal: controller.signal }))
        if (++count === pieceNumber) controller.abort(why);
    };
    await assert.rejects(run(), why);
    assert.equal(count, pieceNumber);
    assert.ok(seen.isOver);
    assertQuiet();
  }
});

test('a signal ends it while the input gives nothing', async () => {
  const controller = new AbortController();
  const begun = Promise.withResolvers<void>();
  async function* stuck(): AsyncGenerator<Uint8Array> {
    yield message('nistp256').subarray(0, 100);
    begun.resolve();
    await new Promise(() => {});
  }
  const done = drain(decryptOpenPgp(stuck(), keys, { maxBytes, signal: controller.signal }));
  await begun.promise;
  controller.abort();
  await assert.rejects(done, { name: 'AbortError' });
  assertQuiet();
});

test('what the input throws is thrown as it is', async () => {
  const broken = new Error('the disk is gone');
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield message('nistp256').subarray(0, 100);
    throw broken;
  }
  await assert.rejects(drain(decryptOpenPgp(failing(), keys, { maxBytes })), broken);
  assertQuiet();
});

test('one that is never begun costs nothing', async () => {
  const { seen, pieces } = watched(message('nistp256'));
  await decryptOpenPgp(pieces, keys, { maxBytes }).return(undefined);
  assert.equal(seen.bytes, 0);
  assertQuiet();
});

test('who does not read on is not read ahead for', async () => {
  const { seen, pieces } = watched(await large);
  const content = decryptOpenPgp(pieces, keys, { maxBytes });
  await content.next();
  for (let count = 0; count < 2_000; count++) await turn();
  assert.ok(seen.bytes < 10_000_000, `${seen.bytes} bytes were read`);
  await content.return(undefined);
  assert.ok(seen.isOver);
  assertQuiet();
});

test('many at a time do not disturb each other', async () => {
  const bytes = await large;
  const damaged = Buffer.from(bytes);
  damaged[20_000_000] = (damaged[20_000_000] ?? 0) ^ 1;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, async (_, index) => {
      if (index % 3 === 0) return drain(decryptOpenPgp(inPieces(bytes), keys, { maxBytes }));
      if (index % 3 === 1) return drain(decryptOpenPgp(inPieces(damaged), keys, { maxBytes }));
      for await (const piece of decryptOpenPgp(inPieces(bytes), keys, { maxBytes })) return piece.length;
      return 0;
    }),
  );
  for (const [index, outcome] of outcomes.entries()) {
    if (index % 3 === 1) assert.equal(outcome.status === 'rejected' && outcome.reason.reason, 'damaged');
    else assert.equal(outcome.status, 'fulfilled');
    if (index % 3 === 0) assert.equal(outcome.status === 'fulfilled' && outcome.value, 30_000_000);
  }
  assertQuiet();
});

test('a thread that is kept serves the next message, and ends when it was idle for long', async () => {
  const clock = createFixedClock();
  const thread = new DecryptingThread((end) => clock.at(clock.now() + 30_000, end));
  for (let round = 0; round < 2; round++) {
    const pieces = inPieces(message('nistp256'));
    assert.equal(await drain(decryptOpenPgp(pieces, keys, { maxBytes, thread })), plain.length);
    assert.equal(threads().length, 1);
    assert.equal(clock.waiting, 1);
    clock.advance(29_000);
  }
  clock.advance(1000);
  while (threads().length > 0) await turn();
});

test('memory of a piece is used again once the next is asked for', async () => {
  const content = decryptOpenPgp(inPieces(await large), keys, { maxBytes });
  const { value: first } = await content.next();
  assert.ok(first !== undefined && first.length > 0);
  await content.next();
  assert.equal(first.length, 0);
  await content.return(undefined);
  assertQuiet();
});

test('a thread that is kept ends when it is closed', async () => {
  const clock = createFixedClock();
  const thread = new DecryptingThread((end) => clock.at(clock.now() + 30_000, end));
  await drain(decryptOpenPgp(inPieces(message('nistp256')), keys, { maxBytes, thread }));
  await thread.close();
  assert.equal(clock.waiting, 0);
  assertQuiet();
});
