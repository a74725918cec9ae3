import type { Comparison } from './expression.ts';
import { isArray, isObject, type Json } from './json.ts';

/** Values of different types are unequal and in no order; only numbers and texts have an order. */
export function compare(operator: Comparison, left: Json, right: Json): boolean {
  switch (operator) {
    case '==':
      return areEqual(left, right);
    case '!=':
      return !areEqual(left, right);
    case '<':
      return order(left, right) < 0;
    case '<=':
      return order(left, right) <= 0;
    case '>':
      return order(left, right) > 0;
    case '>=':
      return order(left, right) >= 0;
  }
}

/** Equal as JSON values. Takes any depth, so it keeps its own stack. */
export function areEqual(left: Json, right: Json): boolean {
  const pairs: [Json, Json][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    const inside = innerPairs(one, other);
    if (inside === undefined) return false;
    for (const inner of inside) pairs.push(inner);
  }
  return true;
}

/** What must be equal for two values to be; undefined when they cannot be. */
function innerPairs(one: Json, other: Json): [Json, Json][] | undefined {
  if (isArray(one)) {
    if (!isArray(other) || one.length !== other.length) return undefined;
    return one.map((item, index) => [item, other[index] as Json]);
  }
  if (!isObject(one) || !isObject(other)) return undefined;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length || !keys.every((key) => Object.hasOwn(other, key))) {
    return undefined;
  }
  return keys.map((key) => [one[key] as Json, other[key] as Json]);
}

/** Negative, 0 or positive; `NaN` where there is no order. */
function order(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return byCodePoint(left, right);
  return Number.NaN;
}

/** Unlike `<`, which takes halves of characters beyond the first 65,536 for smaller than some before them. */
function byCodePoint(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) {
      return fullCodePoint(left, at) - fullCodePoint(right, at);
    }
  }
  return left.length - right.length;
}

/** A second half that differs after an equal first half decides as its character would. */
function fullCodePoint(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdfff ? 0x10000 + unit : unit;
}
