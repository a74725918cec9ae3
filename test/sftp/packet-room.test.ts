import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PacketRoom } from '../../src/sftp/ssh/packet-room.ts';

const BLOCK = 16;
const MOST_DATA = 32 * 1024;

/** In place of random bytes: each four of them are a number of their own, so that none can be used twice unseen. */
function countingRandom(): { readonly drawn: Buffer[]; readonly draw: (count: number) => Buffer } {
  const drawn: Buffer[] = [];
  let next = 0;
  const draw = (count: number): Buffer => {
    const bytes = Buffer.alloc(count);
    for (let at = 0; at + 4 <= count; at += 4) bytes.writeUInt32BE(next++, at);
    drawn.push(bytes);
    return bytes;
  };
  return { drawn, draw };
}

const contentOf = (length: number): Buffer => Buffer.alloc(length, 'content');

interface Packet {
  readonly whole: Buffer;
  readonly padding: Buffer;
}

/** A packet that was filled with `data`, once every field of it is where RFC 4253 and RFC 4254 want it. */
function fill(room: PacketRoom, length: number, isLengthEncrypted: boolean): Packet {
  const data = contentOf(length);
  const whole = room.fill({ channel: 0xfeedbeef, data, isLengthEncrypted });
  assert.ok(whole, `${length} bytes`);
  const paddingLength = whole.readUInt8(4);
  assert.equal(whole.readUInt32BE(0), whole.length - 4);
  assert.equal(whole.readUInt8(5), 94);
  assert.equal(whole.readUInt32BE(6), 0xfeedbeef);
  assert.equal(whole.readUInt32BE(10), length);
  assert.ok(whole.subarray(14, 14 + length).equals(data));
  assert.equal(whole.length, 14 + length + paddingLength);
  return { whole, padding: whole.subarray(14 + length) };
}

describe('a packet', () => {
  const length = fc.oneof(fc.nat(100), fc.nat(MOST_DATA));

  it('has at least four bytes of padding, and as few more as make it a multiple of the block', () => {
    const room = new PacketRoom(countingRandom().draw);
    fc.assert(
      fc.property(length, fc.boolean(), (size, isLengthEncrypted) => {
        const { whole, padding } = fill(room, size, isLengthEncrypted);
        assert.equal((isLengthEncrypted ? whole.length : whole.length - 4) % BLOCK, 0);
        assert.ok(padding.length >= 4 && padding.length < 4 + BLOCK, `${padding.length} bytes of padding`);
      }),
    );
  });

  it('is padded with random bytes of which each is used once', () => {
    const { drawn, draw } = countingRandom();
    const room = new PacketRoom(draw);
    const used: Buffer[] = [];
    // Paddings of different lengths, so that what was drawn last does not end with one of them.
    while (drawn.length < 4) used.push(Buffer.from(fill(room, used.length % BLOCK, true).padding));
    let at = 0;
    let from = 0;
    for (const padding of used) {
      if (from + padding.length > (drawn[at] as Buffer).length) [at, from] = [at + 1, 0];
      assert.deepEqual(padding, (drawn[at] as Buffer).subarray(from, from + padding.length));
      from += padding.length;
    }
    assert.equal(at, 3);
  });

  it('holds as much as clients take at once, and no more', () => {
    const room = new PacketRoom(countingRandom().draw);
    for (const isLengthEncrypted of [true, false]) {
      fill(room, MOST_DATA, isLengthEncrypted);
      const data = contentOf(MOST_DATA + 1);
      assert.equal(room.fill({ channel: 0, data, isLengthEncrypted }), undefined);
    }
  });

  it('takes the place of the one before it', () => {
    const room = new PacketRoom(countingRandom().draw);
    const first = fill(room, 10, true).whole;
    const second = fill(room, 10, false).whole;
    assert.equal(first.buffer, second.buffer);
    assert.equal(first.byteOffset, second.byteOffset);
  });
});

it('a room knows which bytes lie in it', () => {
  const draw = (): Buffer => Buffer.alloc(4096);
  const [room, other] = [new PacketRoom(draw), new PacketRoom(draw)];
  const { whole } = fill(room, 100, true);
  assert.ok(room.holds(whole));
  assert.ok(room.holds(whole.subarray(20, 30)));
  assert.ok(!other.holds(whole));
  assert.ok(!room.holds(Buffer.from(whole)));
});
