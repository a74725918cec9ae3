import type { PathExpression } from '../expression.ts';
import { type Fields, readExpression } from '../fields.ts';
import { type Dialect, parsePath } from '../parse-expression.ts';

/** Paths and conditions that begin at the step's input. */
export const INPUT: Dialect = { roots: [''], calls: false };

/** A field that holds `$.path`. */
export function readInputPath(fields: Fields, name: string): PathExpression {
  const text = fields.text(name);
  return readExpression(fields, name, () => parsePath(text, INPUT));
}

/** `$`, `$.key…` or `$[…`: anything else that begins with `$` is a constant where constants may stand. */
export function isInputPath(text: string): boolean {
  return /^\$(?:$|[.[])/.test(text);
}
