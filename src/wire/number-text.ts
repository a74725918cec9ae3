import type { NumberText } from './shape.ts';

const WHOLE_NUMBER = /^-?\d+$/;

/** The rule that a text which should be a whole number breaks, in the words of the vendor's messages. */
export function numberTextRule(text: string, { min, max, orNone = false }: NumberText): string | undefined {
  if (orNone && text === 'NONE') return undefined;
  if (!WHOLE_NUMBER.test(text)) return `satisfy regular expression pattern: ${orNone ? 'NONE|' : ''}-?\\d+`;
  const value = Number(text);
  if (value > max) return `have value less than or equal to ${max}`;
  if (value < min) return `have value greater than or equal to ${min}`;
  return undefined;
}
