import { isUtf8 } from 'node:buffer';

/**
 * Names and values of a query or of a form body, in the order sent. `text` has one character for each byte. A `%` that
 * encodes nothing stands for itself. A name or value that is not UTF-8 gives undefined.
 */
export function* readForm(text: string): Iterable<readonly [string | undefined, string | undefined]> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('&', start);
    const end = found < 0 ? text.length : found;
    if (end > start) yield readPair(text.slice(start, end));
    start = end + 1;
  }
}

function readPair(pair: string): readonly [string | undefined, string | undefined] {
  const equals = pair.indexOf('=');
  if (equals < 0) return [decode(pair), ''];
  return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
}

const PLAIN = /^[!-$&-*,-~]*$/;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

function decode(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const encoded =
      byte === PERCENT ? hexadecimal(bytes[at + 1]) * 16 + hexadecimal(bytes[at + 2]) : Number.NaN;
    if (!Number.isNaN(encoded)) at += 2;
    bytes[end++] = Number.isNaN(encoded) ? spaced(byte) : encoded;
  }
  const decoded = bytes.subarray(0, end);
  return isUtf8(decoded) ? decoded.toString() : undefined;
}

const spaced = (byte: number): number => (byte === PLUS ? SPACE : byte);

/** The value of a digit given as its character's code; NaN for anything else. */
function hexadecimal(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}
