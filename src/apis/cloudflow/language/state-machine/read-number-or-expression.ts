import type { Expression } from '../expression.ts';
import { type Fields, type NumberRange, readExpression } from '../fields.ts';
import { parseExpression } from '../parse-expression.ts';
import { BEFORE } from './dialects.ts';

/** `Name: 5` or `Name.$: $Input.seconds`; undefined when neither is there. */
export function readNumberOrExpression(
  fields: Fields,
  name: string,
  range: NumberRange,
): number | Expression | undefined {
  const suffixed = `${name}.$`;
  if (!fields.has(suffixed)) return fields.numberIfAny(name, range);
  if (fields.has(name)) return fields.refuse(`only one of ${name} and ${suffixed} can be there`, suffixed);
  const text = fields.text(suffixed);
  return readExpression(fields, suffixed, () => parseExpression(text, BEFORE));
}
