import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FileStat } from '../../src/files/file-tree.ts';
import { Handles } from '../../src/sftp/channel/handles.ts';
import { Refusal } from '../../src/sftp/channel/refusal.ts';
import { readAttributes, writeAttributes } from '../../src/sftp/packets/attributes.ts';
import { FieldReader, MalformedRequest } from '../../src/sftp/packets/field-reader.ts';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { longName } from '../../src/sftp/packets/long-name.ts';
import { BrokenFraming, PacketSplitter } from '../../src/sftp/packets/packet-splitter.ts';
import { names } from '../../src/sftp/packets/replies.ts';
import { VERBS } from '../../src/sftp/verbs/verbs.ts';
import { createMemoryTree } from '../support/memory-tree.ts';

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const field = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('uint32' as const), value: uint32 }),
  fc.record({ kind: fc.constant('uint64' as const), value: fc.maxSafeNat() }),
  fc.record({
    kind: fc.constant('text' as const),
    value: fc.string({ unit: 'grapheme-composite', maxLength: 300 }),
  }),
  fc.record({
    kind: fc.constant('string' as const),
    value: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  }),
);

function write(to: FieldWriter, { kind, value }: { readonly kind: string; readonly value: unknown }): void {
  (to[kind as 'text'] as (value: unknown) => FieldWriter).call(to, value);
}

/** As SSH gives it: memory that nobody else uses. */
function ofItsOwn(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

describe('packets of SFTP', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(field), fc.integer({ min: 0, max: 64 }), (fields, expected) => {
        const writer = new FieldWriter(42, expected);
        for (const one of fields) write(writer, one);
        const packet = writer.packet();
        assert.equal(packet.readUInt32BE(), packet.length - 4);
        const reader = new FieldReader(packet.subarray(4));
        assert.equal(reader.byte(), 42);
        for (const { kind, value } of fields) assert.deepEqual(reader[kind](), value);
        assert.throws(() => reader.byte(), MalformedRequest);
      }),
    );
  });

  it('are found in bytes that come in any pieces', () => {
    const packet = fc.uint8Array({ minLength: 1, maxLength: 2000 });
    fc.assert(
      fc.property(fc.array(packet), fc.array(fc.integer({ min: 1, max: 900 })), (packets, cuts) => {
        const bytes = Buffer.concat(
          packets.flatMap((one) => {
            const length = Buffer.alloc(4);
            length.writeUInt32BE(one.length);
            return [length, one];
          }),
        );
        const splitter = new PacketSplitter(2000);
        const found: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = cuts.length === 0 ? 700 : (cuts[turn % cuts.length] as number);
          splitter.add(ofItsOwn(bytes.subarray(at, at + size)));
          at += size;
          if (turn % 3 === 0) continue;
          for (let next = splitter.next(); next; next = splitter.next()) found.push(next);
        }
        for (let next = splitter.next(); next; next = splitter.next()) found.push(next);
        for (const [at, one] of found.entries()) {
          assert.deepEqual(one, Buffer.from(packets[at] ?? []));
          splitter.done(one);
        }
        assert.equal(found.length, packets.length);
      }),
    );
  });

  it('hold no memory once they are done', () => {
    const splitter = new PacketSplitter(2000);
    const pieces = [Buffer.from([0, 0, 0, 2, 1]), Buffer.from([2, 0, 0, 0, 1, 3])].map(ofItsOwn);
    for (const piece of pieces) splitter.add(piece);
    const [copied, lent] = [splitter.next(), splitter.next()];
    assert.deepEqual([copied, lent], [Buffer.from([1, 2]), Buffer.from([3])]);
    const sizes = () => [...pieces, copied].map((bytes) => bytes?.buffer.byteLength);
    assert.deepEqual(sizes(), [0, 6, 2], 'what was copied is free, what was lent is not');
    if (copied !== undefined) splitter.done(copied);
    if (lent !== undefined) splitter.done(lent);
    assert.deepEqual(sizes(), [0, 6, 0]);
  });

  it('of no bytes, or of too many, are the end', () => {
    for (const length of [0, 2001, 2 ** 31, 2 ** 32 - 1]) {
      const splitter = new PacketSplitter(2000);
      const start = Buffer.alloc(4);
      start.writeUInt32BE(length);
      splitter.add(start);
      if (length > 0) splitter.add(Buffer.from('x'));
      else splitter.add(Buffer.from('x'));
      assert.throws(() => splitter.next(), BrokenFraming);
    }
  });

  it('carry attributes there and back', () => {
    const times = uint32.map((seconds) => seconds * 1000);
    const stat: fc.Arbitrary<FileStat> = fc.record({
      kind: fc.constantFrom('file', 'directory', 'link'),
      size: fc.maxSafeNat(),
      modifiedAt: times,
      accessedAt: times,
      permissions: fc.integer({ min: 0, max: 0o7777 }),
      uid: uint32,
      gid: uint32,
    });
    fc.assert(
      fc.property(stat, (given) => {
        const writer = new FieldWriter(0);
        writeAttributes(writer, given);
        const { kind: _, ...rest } = given;
        assert.deepEqual(readAttributes(new FieldReader(writer.packet().subarray(5))), rest);
      }),
    );
  });

  it('of names hold as many as fit, and at least one', () => {
    const stat: FileStat = {
      kind: 'file',
      size: 1,
      modifiedAt: 0,
      accessedAt: 0,
      permissions: 0o644,
      uid: 0,
      gid: 0,
    };
    const name = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 255 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), fc.integer({ min: 1, max: 9000 }), (all, bytes) => {
        const entries = all.map((one) => ({ name: one, stat }));
        const { reply, count } = names(entries, { now: 0, bytes });
        const [packet] = reply(7);
        const fields = new FieldReader(Buffer.from(packet as Uint8Array).subarray(4));
        assert.deepEqual([fields.byte(), fields.uint32(), fields.uint32()], [104, 7, count]);
        for (let at = 0; at < count; at += 1) {
          assert.equal(fields.text(), all[at]);
          assert.ok(fields.text().endsWith(all[at] as string));
          readAttributes(fields);
        }
        assert.ok(fields.isAtEnd && count >= 1);
        if (count > 1) assert.ok((packet as Uint8Array).length <= bytes);
      }),
    );
  });

  it('with any bytes behind their type are read or refused, never more', () => {
    const tree = createMemoryTree();
    const place = {
      tree,
      home: '/home',
      handles: new Handles(0),
      client: '',
      dataBytes: 32_768,
      packetBytes: 65_536,
      handleLimit: 0,
      now: () => 0,
    };
    const text = fc.string({ unit: 'binary' }).map((value) => ({ kind: 'text', value }));
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.oneof(field, text), { maxLength: 6 }).map((fields) => {
        const writer = new FieldWriter(0);
        for (const one of fields) write(writer, one);
        return writer.packet().subarray(5);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...VERBS.values()), body, (verb, bytes) => {
        try {
          const task = verb.prepare(new FieldReader(bytes), place);
          assert.ok(task.claim.paths.every((path) => path === '/' || /^(\/[^/]+)+$/.test(path)));
          assert.ok(task.claim.paths.every((path) => !/\/\.{1,2}(\/|$)/.test(path)));
        } catch (error) {
          assert.ok(error instanceof MalformedRequest || error instanceof Refusal, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('show entries as ls does', () => {
    const now = Date.UTC(2026, 10, 21, 12);
    const stat = {
      kind: 'directory',
      size: 4096,
      accessedAt: 0,
      permissions: 0o1777,
      uid: 0,
      gid: 7,
    } as const;
    assert.equal(
      longName({ name: 'tmp', stat: { ...stat, modifiedAt: now } }, now),
      'drwxrwxrwt    1 0        7            4096 Nov 21 12:00 tmp',
    );
    assert.equal(
      longName({ name: 'x', stat: { ...stat, kind: 'link', permissions: 0o4601, modifiedAt: 0 } }, now),
      'lrwS-----x    1 0        7            4096 Jan  1  1970 x',
    );
  });
});
