import { compare } from './compare.ts';
import type { Expression, Surroundings } from './expression.ts';
import { followPath } from './follow-path.ts';
import { callFunction } from './functions/table.ts';
import { comparisonWithMissing, holds, missingInConstructor } from './inferred.ts';
import type { Json } from './json.ts';

/** The value of an expression; undefined when it is a path that finds nothing. Throws `EvaluationError`. */
export function evaluate(expression: Expression, surroundings: Surroundings): Json | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return followPath(expression, surroundings.roots);
    case 'call':
      return callFunction(
        expression.name,
        expression.arguments.map((argument) => valueIn(argument, surroundings)),
        surroundings.random,
      );
    case 'compare':
      return comparison(expression, surroundings);
    case 'and':
      return isTrue(expression.left, surroundings) && isTrue(expression.right, surroundings);
    case 'or':
      return isTrue(expression.left, surroundings) || isTrue(expression.right, surroundings);
    case 'not':
      return !isTrue(expression.operand, surroundings);
    case 'array':
      return expression.items.map((item) => valueIn(item, surroundings));
    case 'object':
      return Object.fromEntries(expression.entries.map(([key, item]) => [key, valueIn(item, surroundings)]));
  }
}

/** Does a condition hold? Throws `EvaluationError`. */
export function isTrue(expression: Expression, surroundings: Surroundings): boolean {
  return holds(evaluate(expression, surroundings));
}

function valueIn(expression: Expression, surroundings: Surroundings): Json {
  const value = evaluate(expression, surroundings);
  return value === undefined ? missingInConstructor() : value;
}

function comparison(expression: Expression & { kind: 'compare' }, surroundings: Surroundings): boolean {
  const left = evaluate(expression.left, surroundings);
  const right = evaluate(expression.right, surroundings);
  if (left === undefined || right === undefined) return comparisonWithMissing();
  return compare(expression.operator, left, right);
}
