import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { unarmor } from 'openpgp';
import { decryptMessage } from '../../src/openpgp/decrypt-message.ts';
import { OpenPgpError } from '../../src/openpgp/openpgp-error.ts';
import { inPieces, key, message, type Outcome, plain, reasonOf } from './fixtures.ts';
import {
  compressed,
  concat,
  literal,
  messageOf,
  packet,
  partialPacket,
  recipient,
  sealed,
} from './message-maker.ts';

/** In this thread: hundreds of messages follow. */
async function decrypt(
  bytes: Uint8Array,
  { maxBytes = 1_000_000, keys = [key('nistp256')] } = {},
): Promise<Outcome> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of decryptMessage(inPieces(bytes), keys, maxBytes))
      pieces.push(Buffer.from(piece));
  } catch (error) {
    if (error instanceof OpenPgpError) return error;
    throw error;
  }
  return Buffer.concat(pieces);
}

const binary = async (name: string): Promise<Buffer> =>
  Buffer.from((await unarmor(message(name).toString())).data as Uint8Array);

test('a message made here is read', async () => {
  assert.deepEqual(await decrypt(await messageOf(literal('hello'))), Buffer.from('hello'));
  assert.deepEqual(await decrypt(await messageOf(literal(''))), Buffer.alloc(0));
  assert.deepEqual(
    await decrypt(await messageOf(compressed(1, deflateRawSync(literal('hello'))))),
    Buffer.from('hello'),
  );
});

test('no flipped bit gives other content', async () => {
  const messages = await Promise.all(['nistp256', 'hidden'].map(binary));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...messages),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.integer({ min: 0, max: 7 })), {
        minLength: 1,
        maxLength: 3,
      }),
      async (whole, flips) => {
        const bytes = Buffer.from(whole);
        for (const [place, bit] of flips) {
          const at = Math.floor(place * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        }
        const outcome = await decrypt(bytes);
        assert.ok(outcome instanceof OpenPgpError || outcome.equals(plain), reasonOf(outcome));
      },
    ),
    { numRuns: 300 },
  );
});

test('no flipped bit of what is encrypted gets through', async () => {
  const whole = await messageOf(literal('x'.repeat(300)));
  for (let at = whole.length - 350; at < whole.length; at += 7) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    assert.match(reasonOf(await decrypt(bytes)), /damaged|unsupported/, `byte ${at}`);
  }
});

test('no beginning of a message is taken for the whole', async () => {
  const whole = await binary('nistp256');
  for (let length = 0; length < whole.length; length += 5) {
    const outcome = await decrypt(whole.subarray(0, length));
    assert.match(reasonOf(outcome), /damaged|not-a-message/, `${length} bytes`);
  }
});

test('no armored message that is cut off is taken for the whole', async () => {
  const whole = message('nistp256').toString();
  const end = whole.indexOf('\n=');
  for (let length = 40; length < end - 4; length += 11) {
    const outcome = await decrypt(Buffer.from(whole.slice(0, length)));
    assert.match(reasonOf(outcome), /damaged|not-a-message/, `${length} characters`);
  }
});

test('integrity protection cannot be taken off', async () => {
  const bare = sealed(literal('forged'), { code: false });
  const start = await recipient();
  for (const stripped of [packet(9, bare), packet(18, [1], bare), packet(9, sealed(literal('forged')))])
    assert.equal(reasonOf(await decrypt(concat(start, stripped))), 'damaged');
  assert.equal(reasonOf(await decrypt(await binary('unprotected'), { keys: [key('cv25519')] })), 'damaged');
});

test('what is compressed may end before the message, but not hide how that ends', async () => {
  const content = literal('hello');
  const stray = Buffer.alloc(2_000_000);
  for (const bytes of [deflateRawSync(content), concat(deflateRawSync(content), stray)]) {
    const whole = await messageOf(compressed(1, bytes));
    assert.deepEqual(await decrypt(whole), Buffer.from('hello'));
    whole[whole.length - 1] = (whole[whole.length - 1] ?? 0) ^ 1;
    assert.equal(reasonOf(await decrypt(whole)), 'damaged');
  }
});

test('what follows the message or its content is refused', async () => {
  const good = await messageOf(literal('hello'));
  const more = [
    Buffer.from('garbage'),
    literal('more'),
    good,
    packet(18, [1], Buffer.alloc(50)),
    Buffer.alloc(9),
  ];
  for (const rest of more) assert.equal(reasonOf(await decrypt(concat(good, rest))), 'damaged');
  for (const second of [literal('more'), compressed(1, deflateRawSync(literal('more')))])
    assert.equal(reasonOf(await decrypt(await messageOf(literal('hello'), second))), 'damaged');
});

test('what is inside must be content', async () => {
  const nested = await messageOf(literal('hello'));
  assert.equal(reasonOf(await decrypt(await messageOf(nested))), 'unsupported');
  assert.equal(reasonOf(await decrypt(await messageOf())), 'damaged');
  assert.equal(reasonOf(await decrypt(await messageOf(packet(10, Buffer.from('PGP'))))), 'damaged');
  assert.equal(reasonOf(await decrypt(await messageOf(Buffer.from('plain text, no packet')))), 'damaged');
  assert.equal(reasonOf(await decrypt(await messageOf(compressed(9, literal('x'))))), 'unsupported');
  assert.equal(reasonOf(await decrypt(await messageOf(compressed(1, Buffer.alloc(30, 0xfe))))), 'damaged');
  assert.equal(
    reasonOf(await decrypt(await messageOf(compressed(2, deflateRawSync(literal('x')))))),
    'damaged',
  );
});

test('the name of the file is nothing to go by', async () => {
  for (const name of ['../../etc/passwd', '_CONSOLE', '\u0000', 'x'.repeat(255)])
    assert.deepEqual(await decrypt(await messageOf(literal('hello', name))), Buffer.from('hello'));
});

test('compression bombs end at the limit', async () => {
  const zeros = deflateRawSync(literal(Buffer.alloc(20_000_000)));
  assert.ok(zeros.length < 30_000);
  assert.equal(reasonOf(await decrypt(await messageOf(compressed(1, zeros)))), 'too-large');
  const twice = deflateRawSync(compressed(1, zeros));
  assert.equal(reasonOf(await decrypt(await messageOf(compressed(1, twice)))), 'too-large');
  // Nothing comes of it, but undoing it costs all the same.
  const skipped = deflateRawSync(compressed(1, deflateRawSync(packet(10, Buffer.alloc(20_000_000)))));
  assert.match(reasonOf(await decrypt(await messageOf(compressed(1, skipped)))), /too-large|damaged/);
});

test('compression in compression has an end', async () => {
  let packets = literal('hello');
  for (let layer = 1; layer <= 6; layer++) {
    packets = compressed(1, deflateRawSync(packets));
    const outcome = await decrypt(await messageOf(packets));
    assert.equal(reasonOf(outcome), layer <= 4 ? 'content of 5 bytes' : 'unsupported', `${layer} layers`);
  }
});

test('more packets than anybody makes are not all read', async () => {
  const nothing = packet(10, Buffer.from('PGP'));
  const few = Buffer.concat(Array<Buffer>(1_000).fill(nothing));
  const many = Buffer.concat(Array<Buffer>(10).fill(few));
  const outcomeOf = async (packets: Uint8Array) =>
    reasonOf(await decrypt(await messageOf(compressed(1, deflateRawSync(concat(packets, literal('x')))))));
  assert.equal(await outcomeOf(few), 'content of 1 bytes');
  assert.equal(await outcomeOf(many), 'unsupported');
  assert.equal(await outcomeOf(compressed(0, many)), 'unsupported');
});

test('the limit is for the content, to the byte', async () => {
  const exact = await messageOf(literal(Buffer.alloc(1000)));
  assert.equal(reasonOf(await decrypt(exact, { maxBytes: 1000 })), 'content of 1000 bytes');
  assert.equal(reasonOf(await decrypt(exact, { maxBytes: 999 })), 'too-large');
});

test('lengths that lie are found out', async () => {
  const start = await recipient();
  const content = sealed(literal('hello'));
  const cases: readonly Buffer[] = [
    concat(start, [0xd2, 255, 0xff, 0xff, 0xff, 0xff, 1], content),
    concat(start, [0xd2, 0xfe, 1], content),
    concat([0xc1, 255, 0xff, 0xff, 0xff, 0xff], Buffer.alloc(100)),
    concat([0xc1, 0xfe], Buffer.alloc(100)),
    concat([0x87], Buffer.alloc(100)),
    concat(start, [0xd2, 0]),
    concat(start, [0xd2, 1, 1]),
    concat(start, [0xd2, 5, 1, 0, 0, 0, 0]),
  ];
  for (const [index, bytes] of cases.entries())
    assert.match(reasonOf(await decrypt(bytes)), /damaged|not-a-message/, `case ${index}`);
});

test('bodies in parts are put together', async () => {
  const text = 'y'.repeat(5000);
  const inner = literal(text).subarray(6);
  const whole = concat(await recipient(), partialPacket(18, concat([1], sealed(partialPacket(11, inner)))));
  assert.deepEqual(await decrypt(whole), Buffer.from(text));
});

test('a thousand recipients cost no thousand trials', async () => {
  const many = Array.from({ length: 900 }, () =>
    packet(1, [3], Buffer.alloc(8), [18, 0, 7, 64], Buffer.alloc(50)),
  );
  const bytes = concat(...many, packet(18, [1], sealed(literal('hello'))));
  assert.match(reasonOf(await decrypt(bytes)), /no-key|damaged/);
  const tooMany = concat(...many, ...many, packet(18, [1], sealed(literal('hello'))));
  assert.equal(reasonOf(await decrypt(tooMany)), 'unsupported');
});

test('any bytes at all end with one of the reasons', async () => {
  const start = await recipient();
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
      fc.boolean(),
      async (junk, begins, inside) => {
        const bytes = inside ? await messageOf(junk) : begins ? concat(start, junk) : Buffer.from(junk);
        const outcome = await decrypt(bytes);
        assert.ok(outcome instanceof OpenPgpError || inside, reasonOf(outcome));
      },
    ),
    { numRuns: 150 },
  );
});

/** A literal packet of 60 lines of text and 700 times the same letter, compressed by bzip2. */
const BZIP2 = Buffer.from(
  [
    'QlpoOTFBWSZTWSQ0bpIAAppZjeCQQAB/4DslgQAAEAAIQAAACLAAxYGUp+mqP3qog0epoaANKmT/9VUDTRkGmRkEVK',
    'N+qmBADBNqaWX6yWEk2+6Tb8pNvGdrceXPpp17Y4BuAAN4EAASAXAC4ASARERiqqqvMzM3VQsFsqC0slQN7dKgFVAB',
    'JJJJKUkkqfPo2grRrqCuoK+QV3AV3BW0Fdr1FvBW4BWwFfwK3ArZxxyK/xdyRThQkCQ0bpI=',
  ].join(''),
  'base64',
);

test('compressed data may be anything', async () => {
  const text = Array.from({ length: 60 }, (_, index) => `line ${index} of an invoice\n`).join('');
  const content = Buffer.from(text + 'a'.repeat(700));
  assert.deepEqual(await decrypt(await messageOf(compressed(3, BZIP2))), content);
  const kinds: readonly (readonly [number, Buffer])[] = [
    [3, BZIP2],
    [1, deflateRawSync(literal(content))],
  ];
  const places = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      places,
      fc.option(fc.nat()),
      async ([kind, whole], changes, cut) => {
        const bytes = Buffer.from(whole);
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        const shorter = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
        const outcome = await decrypt(await messageOf(compressed(kind, shorter)));
        assert.ok(outcome instanceof Error || outcome.length <= 1_000_000);
      },
    ),
    { numRuns: 400 },
  );
});
