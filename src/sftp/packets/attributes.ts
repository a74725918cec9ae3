import type { FileStat, StatChanges } from '../../files/file-tree.ts';
import type { FieldReader } from './field-reader.ts';
import type { FieldWriter } from './field-writer.ts';

/** Section 5 of the draft. */
const HAS = { SIZE: 1, OWNER: 2, PERMISSIONS: 4, TIMES: 8, EXTENDED: 0x8000_0000 } as const;

/** Of POSIX: the kind of a file in front of its permission bits. */
const KIND_BITS = { file: 0o100000, directory: 0o040000, link: 0o120000 } as const;

const PERMISSION_BITS = 0o7777;
const LARGEST_UINT32 = 0xffff_ffff;

export function readAttributes(fields: FieldReader): StatChanges {
  const flags = fields.uint32();
  const changes: { -readonly [Key in keyof StatChanges]: StatChanges[Key] } = {};
  if (flags & HAS.SIZE) changes.size = fields.uint64();
  if (flags & HAS.OWNER) {
    changes.uid = fields.uint32();
    changes.gid = fields.uint32();
  }
  if (flags & HAS.PERMISSIONS) changes.permissions = fields.uint32() & PERMISSION_BITS;
  if (flags & HAS.TIMES) {
    changes.accessedAt = fields.uint32() * 1000;
    changes.modifiedAt = fields.uint32() * 1000;
  }
  if (flags & HAS.EXTENDED) skipExtended(fields);
  return changes;
}

/** The packet's own length bounds the loop. */
function skipExtended(fields: FieldReader): void {
  for (let left = fields.uint32(); left > 0; left -= 1) {
    fields.string();
    fields.string();
  }
}

export function writeAttributes(to: FieldWriter, stat: FileStat): void {
  to.uint32(HAS.SIZE | HAS.OWNER | HAS.PERMISSIONS | HAS.TIMES)
    .uint64(stat.size)
    .uint32(fitting(stat.uid))
    .uint32(fitting(stat.gid))
    .uint32((stat.permissions & PERMISSION_BITS) | KIND_BITS[stat.kind])
    .uint32(fitting(stat.accessedAt / 1000))
    .uint32(fitting(stat.modifiedAt / 1000));
}

export function writeNoAttributes(to: FieldWriter): void {
  to.uint32(0);
}

function fitting(value: number): number {
  return Math.min(Math.max(Math.floor(value) || 0, 0), LARGEST_UINT32);
}
