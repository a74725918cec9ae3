import { evaluate } from '../../../language/evaluate.ts';
import type { Expression, Surroundings } from '../../../language/expression.ts';
import type { Json } from '../../../language/json.ts';

/** A number as the definition has it, or what its expression comes to. */
export function numberOf(given: number | Expression, surroundings: Surroundings): Json | undefined {
  return typeof given === 'number' ? given : evaluate(given, surroundings);
}
