import { evaluate } from '../../../../src/apis/cloudflow/language/evaluate.ts';
import type { Surroundings } from '../../../../src/apis/cloudflow/language/expression.ts';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { type Dialect, parseExpression } from '../../../../src/apis/cloudflow/language/parse-expression.ts';

/** What a state machine's output constructor may use. */
export const ANY: Dialect = { roots: ['Input', 'Output', 'Context', 'Global', 'Item'], calls: true };

/** Randomness that is always the same number. */
export function surroundings(roots: Surroundings['roots'], random = 0.5): Surroundings {
  return { roots, random: () => random };
}

/** The value of an expression over `$Input`. */
export function resultOf(text: string, input: Json = {}): Json | undefined {
  return evaluate(parseExpression(text, ANY), surroundings({ Input: input }));
}
