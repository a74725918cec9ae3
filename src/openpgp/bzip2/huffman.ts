import { damaged } from '../openpgp-error.ts';
import type { BitReader } from './bit-reader.ts';

const LONGEST_CODE = 20;

/**
 * A canonical code: per length the first code above all of that length, as the beginning of a longest one, and what leads from a
 * code to the place of its symbol.
 */
export interface HuffmanTable {
  readonly limits: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

export function readTable(bits: BitReader, symbolCount: number): HuffmanTable {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.bits(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (bits.bit() === 1) length += bits.bit() === 1 ? -1 : 1;
    if (length < 1 || length > LONGEST_CODE) throw damaged('what is compressed in it is damaged');
    lengths[symbol] = length;
  }
  return tableOf(lengths);
}

function tableOf(lengths: Uint8Array): HuffmanTable {
  const counts = new Int32Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const symbols = new Uint16Array(lengths.length);
  const limits = new Int32Array(LONGEST_CODE + 1);
  const offsets = new Int32Array(LONGEST_CODE + 1);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    offsets[length] = place - code;
    for (const [symbol, own] of lengths.entries()) if (own === length) symbols[place++] = symbol;
    code += counts[length] ?? 0;
    limits[length] = code << (LONGEST_CODE - length);
    code <<= 1;
  }
  return { limits, offsets, symbols, shortest: counts.findIndex((count) => count > 0) };
}

export function readSymbol(bits: BitReader, { limits, offsets, symbols, shortest }: HuffmanTable): number {
  const ahead = bits.peek(LONGEST_CODE);
  let length = shortest;
  while (length <= LONGEST_CODE && ahead >= (limits[length] as number)) length += 1;
  const symbol = symbols[(ahead >> (LONGEST_CODE - length)) + (offsets[length] ?? 0)];
  if (length > LONGEST_CODE || symbol === undefined) throw damaged('what is compressed in it is damaged');
  bits.skip(length);
  return symbol;
}
