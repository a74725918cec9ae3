import { damaged } from '../openpgp-error.ts';
import type { BitReader } from './bit-reader.ts';

const LONGEST_CODE = 20;

/** A canonical code: per length the first code above all of that length, and where their symbols are. */
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
    limits[length] = code;
    code <<= 1;
  }
  return { limits, offsets, symbols, shortest: counts.findIndex((count) => count > 0) };
}

export function readSymbol(bits: BitReader, { limits, offsets, symbols, shortest }: HuffmanTable): number {
  let code = bits.bits(shortest);
  for (let length = shortest; length <= LONGEST_CODE; length++) {
    if (code < (limits[length] ?? 0)) {
      const symbol = symbols[code + (offsets[length] ?? 0)];
      if (symbol !== undefined) return symbol;
    }
    code = (code << 1) | bits.bit();
  }
  throw damaged('what is compressed in it is damaged');
}
