import type { Bytes } from './byte-reader.ts';
import { damaged, OpenPgpError } from './openpgp-error.ts';

const BEGIN = '-----BEGIN PGP MESSAGE-----';
/** Longest text in front of the message. */
const LONGEST_PREAMBLE = 65_536;
const LONGEST_HEADERS = 65_536;

/**
 * Binary messages as they are, armored ones decoded: what is before and behind the armor is skipped, and its checksum left alone, since
 * messages have better ones inside. Throws `not-a-message` where neither begins.
 */
export async function* dearmor(input: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const pieces = input[Symbol.asyncIterator]();
  try {
    let first = await pieces.next();
    while (first.done !== true && first.value.length === 0) first = await pieces.next();
    if (first.done === true) throw new OpenPgpError('not-a-message', 'there is nothing in it');
    const rest = { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
    if (((first.value[0] ?? 0) & 0x80) === 0) yield* decodeArmor(first.value, rest);
    else {
      yield first.value;
      yield* rest;
    }
  } finally {
    await pieces.return?.();
  }
}

async function* decodeArmor(first: Bytes, rest: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const pieces = texts(first, rest);
  let text = '';
  const more = async (): Promise<boolean> => {
    const { done, value } = await pieces.next();
    if (done !== true) text += value;
    return done !== true;
  };
  let start = lineStart(text, BEGIN);
  while (start === -1) {
    if (text.length > LONGEST_PREAMBLE || !(await more()))
      throw new OpenPgpError('not-a-message', 'it is no OpenPGP message');
    start = lineStart(text, BEGIN);
  }
  text = text.slice(start + BEGIN.length);
  let end = endOfHeaders(text);
  while (end === -1) {
    if (text.length > LONGEST_HEADERS || !(await more())) throw damaged('the armor has no content');
    end = endOfHeaders(text);
  }
  yield* decodeBase64(text.slice(end), pieces);
}

async function* texts(first: Bytes, rest: AsyncIterable<Bytes>): AsyncGenerator<string> {
  yield latin1(first);
  for await (const piece of rest) yield latin1(piece);
}

const latin1 = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** Where a line begins with the words; -1 while there is none. */
function lineStart(text: string, words: string): number {
  if (text.startsWith(words)) return 0;
  const at = text.indexOf(`\n${words}`);
  return at === -1 ? -1 : at + 1;
}

/** Behind the blank line that ends the armor's headers. */
function endOfHeaders(text: string): number {
  const found = /\n[ \t\r]*\n/.exec(text);
  return found === null ? -1 : found.index + found[0].length;
}

async function* decodeBase64(first: string, rest: AsyncIterable<string>): AsyncGenerator<Bytes> {
  // What is held back may be the beginning of the line that ends the content, or of a group of four characters.
  let held = first;
  for await (const piece of rest) {
    const text = held + piece;
    const end = endOfContent(text);
    if (end !== -1) {
      held = text.slice(0, end);
      break;
    }
    const digits = text.replace(/\s+/g, '');
    const whole = digits.length - (digits.length % 4);
    const cut = text.endsWith('\n') || text.endsWith('\r') ? '\n' : '';
    yield Buffer.from(digits.slice(0, whole), 'base64');
    held = digits.slice(whole) + cut;
  }
  const end = endOfContent(held);
  yield Buffer.from((end === -1 ? held : held.slice(0, end)).replace(/\s+/g, ''), 'base64');
}

/** The checksum's line or the last one; -1 while neither is there. */
function endOfContent(text: string): number {
  return text.search(/(?:^|[\r\n])[ \t]*[=-]/);
}
