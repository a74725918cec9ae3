import type { DirectoryEntry, FileStat } from '../../files/file-tree.ts';
import { writeAttributes, writeNoAttributes } from './attributes.ts';
import { FieldWriter, replyTo } from './field-writer.ts';
import { longName } from './long-name.ts';
import { REPLY, STATUS, VERSION } from './names.ts';

/** What answers a request: the bytes of one packet in one or two pieces, once its id is known. */
export type Reply = (id: number) => readonly Uint8Array[];

/** Longer texts in a STATUS are cut: they may come from anywhere. */
const LONGEST_MESSAGE = 1024;
/** Up to here a copy costs less than an SSH packet of its own for what stands in front of the data. */
const WORTH_COPYING = 16 * 1024;

export function status(code: (typeof STATUS)[keyof typeof STATUS], message: string): Reply {
  const text = message.slice(0, LONGEST_MESSAGE);
  return (id) => [replyTo(id, REPLY.STATUS).uint32(code).text(text).text('').packet()];
}

export const OK: Reply = status(STATUS.OK, '');
export const END_OF_FILE: Reply = status(STATUS.EOF, 'End of file');

export function version(extensions: Readonly<Record<string, string>>): Buffer {
  const packet = new FieldWriter(REPLY.VERSION).uint32(VERSION);
  for (const [name, value] of Object.entries(extensions)) packet.text(name).text(value);
  return packet.packet();
}

export function handle(value: Uint8Array): Reply {
  return (id) => [replyTo(id, REPLY.HANDLE).string(value).packet()];
}

export function data(bytes: Uint8Array): Reply {
  return (id) => {
    if (bytes.length <= WORTH_COPYING) {
      return [
        replyTo(id, REPLY.DATA, bytes.length + 16)
          .string(bytes)
          .packet(),
      ];
    }
    return [replyTo(id, REPLY.DATA).uint32(bytes.length).packet(bytes.length), bytes];
  };
}

export function attributes(stat: FileStat): Reply {
  return (id) => {
    const packet = replyTo(id, REPLY.ATTRS);
    writeAttributes(packet, stat);
    return [packet.packet()];
  };
}

/** One path, as REALPATH and READLINK give it. */
export function pathName(path: string): Reply {
  return (id) => {
    const packet = replyTo(id, REPLY.NAME).uint32(1).text(path).text(path);
    writeNoAttributes(packet);
    return [packet.packet()];
  };
}

export function numbers(values: readonly number[]): Reply {
  return (id) => {
    const packet = replyTo(id, REPLY.EXTENDED_REPLY);
    for (const value of values) packet.uint64(value);
    return [packet.packet()];
  };
}

/** Of the length, the type, the id and the count. */
const NAMES_START = 13;

/** As many of the entries as fit into `bytes`, at least one, and how many those are. */
export function names(
  entries: readonly DirectoryEntry[],
  { now, bytes }: { readonly now: number; readonly bytes: number },
): { readonly reply: Reply; readonly count: number } {
  const packet = replyTo(0, REPLY.NAME, bytes).uint32(0);
  let count = 0;
  for (const entry of entries) {
    if (count > 0 && packet.size + roomFor(entry) > bytes) break;
    packet.text(entry.name).text(longName(entry, now));
    writeAttributes(packet, entry.stat);
    count += 1;
  }
  packet.setUint32(NAMES_START - 4, count);
  const reply: Reply = (id) => {
    packet.setUint32(5, id);
    return [packet.packet()];
  };
  return { reply, count };
}

/** Twice the name in up to three bytes for each of its units, and what stands around it. */
function roomFor({ name }: DirectoryEntry): number {
  return name.length * 6 + 160;
}
