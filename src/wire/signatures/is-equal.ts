import { timingSafeEqual } from 'node:crypto';

/** Takes as long for a wrong text as for the right one of the same length. */
export function isEqual(given: string, expected: string): boolean {
  const a = Buffer.from(given, 'utf8');
  const b = Buffer.from(expected, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}
