import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * From so many characters on a text is packed. Smaller ones cost more time than they save; those of this size mostly repeat
 * themselves, as the input of a loop does in the events of each of its iterations.
 */
const PACKED_FROM = 65_536;
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A long text in fewer bytes, any other as it is. */
export function pack(text: string): string | Uint8Array {
  return text.length < PACKED_FROM ? text : zstdCompressSync(text, FAST);
}

export function unpack(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : zstdDecompressSync(value).toString();
}
