import { damaged } from '../openpgp-error.ts';
import type { BitReader } from './bit-reader.ts';
import { type HuffmanTable, readSymbol, readTable } from './huffman.ts';

const GROUP_SYMBOLS = 50;

/** A block before its sorting is undone: `counts` says how often each byte is among the first `length` of `bytes`. */
export interface SortedBlock {
  readonly bytes: Uint32Array;
  readonly length: number;
  readonly origin: number;
  readonly counts: Int32Array;
}

const broken = (): Error => damaged('what is compressed in it is damaged');

/** Reads what follows a block's checksum into `bytes`, which is as long as a block may be. */
export function readBlock(bits: BitReader, bytes: Uint32Array): SortedBlock {
  if (bits.bit() === 1) throw broken();
  const origin = bits.bits(24);
  const used = readUsed(bits);
  if (used.length === 0) throw broken();
  const symbolCount = used.length + 2;
  const tableCount = bits.bits(3);
  const selectors = readSelectors(bits, tableCount);
  const tables = Array.from({ length: tableCount }, () => readTable(bits, symbolCount));
  const { length, counts } = readBytes(bits, { used, selectors, tables }, bytes);
  if (origin >= length) throw broken();
  return { bytes, length, origin, counts };
}

/** The bytes that occur, from a bitmap of bitmaps. */
function readUsed(bits: BitReader): number[] {
  const rows = bits.bits(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const columns = bits.bits(16);
    for (let column = 0; column < 16; column++)
      if ((columns & (0x8000 >> column)) !== 0) used.push(row * 16 + column);
  }
  return used;
}

/** Which table each group of symbols is coded with, moved to the front as it is used. */
function readSelectors(bits: BitReader, tableCount: number): Uint8Array {
  const count = bits.bits(15);
  if (tableCount < 2 || tableCount > 6 || count === 0) throw broken();
  const recent = Array.from({ length: tableCount }, (_, index) => index);
  const selectors = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    let place = 0;
    while (bits.bit() === 1) place += 1;
    const [table] = recent.splice(place, 1);
    if (table === undefined) throw broken();
    recent.unshift(table);
    selectors[at] = table;
  }
  return selectors;
}

interface Coding {
  readonly used: readonly number[];
  readonly selectors: Uint8Array;
  readonly tables: readonly HuffmanTable[];
}

/** Undoes the coding, the runs and the moving to the front. */
function readBytes(bits: BitReader, { used, selectors, tables }: Coding, bytes: Uint32Array) {
  const counts = new Int32Array(256);
  const recent = Uint8Array.from(used);
  const endOfBlock = used.length + 1;
  let length = 0;
  let run = 0;
  let runBit = 1;
  const put = (byte: number, times: number): void => {
    if (length + times > bytes.length) throw broken();
    bytes.fill(byte, length, length + times);
    length += times;
    counts[byte] = (counts[byte] ?? 0) + times;
  };
  for (let symbolsRead = 0; ; symbolsRead++) {
    const table = tables[selectors[Math.floor(symbolsRead / GROUP_SYMBOLS)] ?? -1];
    if (table === undefined) throw broken();
    const symbol = readSymbol(bits, table);
    if (symbol <= 1) {
      run += runBit << symbol;
      runBit <<= 1;
      if (run > bytes.length) throw broken();
      continue;
    }
    if (run > 0) put(recent[0] ?? 0, run);
    run = 0;
    runBit = 1;
    if (symbol === endOfBlock) return { length, counts };
    const place = symbol - 1;
    const byte = recent[place] ?? 0;
    recent.copyWithin(1, 0, place);
    recent[0] = byte;
    if (length === bytes.length) throw broken();
    bytes[length++] = byte;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
}
