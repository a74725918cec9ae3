import { EvaluationError } from '../evaluation-error.ts';
import type { Json } from '../json.ts';
import { parseJson } from '../parse-json.ts';
import { SizeCheck } from '../value-size.ts';
import type { Arguments } from './arguments.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function toBase64(given: Arguments): string {
  return Buffer.from(given.text(0), 'utf8').toString('base64');
}

/** The text whose UTF-8 bytes are given in base64. */
export function fromBase64(given: Arguments): string {
  const encoded = given.text(0);
  if (encoded.length % 4 !== 0 || !BASE64.test(encoded)) return given.refuse(0, 'text in base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    throw new EvaluationError('The bytes given to fromBase64 are not UTF-8 text.');
  }
}

export function jsonToString(given: Arguments): string {
  const value = given.any(0);
  new SizeCheck().add(value);
  return JSON.stringify(value);
}

export function stringToJson(given: Arguments): Json {
  const value = parse(given);
  new SizeCheck().add(value);
  return value;
}

function parse(given: Arguments): Json {
  const text = given.text(0);
  try {
    return parseJson(text);
  } catch {
    throw new EvaluationError(`The text given to ${given.name} is not JSON.`);
  }
}

/** The parts between separators; an empty separator parts the characters. */
export function split(given: Arguments): string[] {
  const text = given.text(0);
  const separator = given.text(1);
  return separator === '' ? [...text] : text.split(separator);
}
