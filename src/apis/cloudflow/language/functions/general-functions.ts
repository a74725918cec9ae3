import { EvaluationError } from '../evaluation-error.ts';
import { textLength } from '../inferred.ts';
import { isArray, isObject, type Json } from '../json.ts';
import type { Arguments } from './arguments.ts';

/** How many elements, entries or characters. */
export function length(given: Arguments): number {
  const value = given.any(0);
  if (typeof value === 'string') return textLength(value);
  if (isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : given.refuse(0, 'an array, a map or a text');
}

/** The element at an index, or the value of a key. */
export function get(given: Arguments): Json | undefined {
  const container = given.any(0);
  if (isArray(container)) return container[given.integer(1)];
  if (!isObject(container)) return given.refuse(0, 'an array or a map');
  const key = given.text(1);
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

export function intAdd(given: Arguments): number {
  const sum = given.integer(0) + given.integer(1);
  if (!Number.isSafeInteger(sum)) throw new EvaluationError('The result of intAdd is too large.');
  return sum;
}
