import { EvaluationError } from '../evaluation-error.ts';
import { randomBetween } from '../inferred.ts';
import type { Arguments } from './arguments.ts';

/** A random UUID, version 4. */
export function uuid(_given: Arguments, random: () => number): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(random() * 256));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function randomInteger(given: Arguments, random: () => number): number {
  const from = given.integer(0);
  const to = given.integer(1);
  if (to < from || !Number.isSafeInteger(to - from + 1)) {
    throw new EvaluationError(`There is no range from ${from} to ${to} for randomInt.`);
  }
  return randomBetween(from, to, random());
}
