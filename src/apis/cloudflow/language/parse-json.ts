import type { Json } from './json.ts';

/** A number that JSON can write, and a double cannot hold. */
export class NumberTooLarge extends SyntaxError {
  constructor() {
    super('A number is too large.');
  }
}

/**
 * Without one of these no number can be too large, since 199 digits with an exponent of two stay below 1e308; most texts have
 * none. Digits are looked at from their first one only.
 */
const MAY_BE_TOO_LARGE = /(?<!\d)\d{200}|[eE]\+?\d{3}/;

/**
 * Throws SyntaxError for what is no JSON, and for a number too large for a double: that would be Infinity in memory, and
 * null once it is written down.
 */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (MAY_BE_TOO_LARGE.test(text)) check(text);
  return value;
}

function check(text: string): void {
  try {
    JSON.parse(text, finite);
  } catch (error) {
    // Revivers need stack for each level.
    throw error instanceof RangeError ? new SyntaxError('It is too deep.') : error;
  }
}

function finite(_key: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new NumberTooLarge();
  return value;
}
