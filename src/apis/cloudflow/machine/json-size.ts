import type { Json } from '../language/json.ts';

/** Is this longer than so many bytes as JSON in UTF-8? Small values are told by an estimate that looks at no text. */
export function exceedsBytes(values: readonly Json[], limit: number): boolean {
  let left = limit;
  for (const value of values) {
    left = estimate(value, left);
    if (left < 0) return exactBytes(values) > limit;
  }
  return false;
}

function exactBytes(values: readonly Json[]): number {
  return values.reduce<number>((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0);
}

/** What is left of the limit when each value is taken as long as it can be; negative as soon as nothing is left. */
function estimate(value: Json, limit: number): number {
  if (typeof value === 'string') return limit - 2 - 6 * value.length;
  if (typeof value !== 'object' || value === null) return limit - 25;
  let left = limit - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = estimate(item, left - 1);
      if (left < 0) return left;
    }
    return left;
  }
  for (const key in value) {
    left = estimate((value as { [key: string]: Json })[key] as Json, left - 4 - 6 * key.length);
    if (left < 0) return left;
  }
  return left;
}
