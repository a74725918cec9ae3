import type { Json, JsonObject } from '../language/json.ts';

const DEEPEST = 200;

/**
 * Are values, all together, longer than so many bytes as JSON in UTF-8 (0 is no limit), or too deep to be walked over?
 * Small ones are told by an estimate that looks at no text.
 */
export function isTooLarge(values: readonly Json[], limit: number): boolean {
  let left = limit === 0 ? Infinity : limit;
  for (const value of values) {
    left = estimate(value, left, DEEPEST);
    if (left === TOO_DEEP) return true;
    if (left < 0) return isLonger(values, limit);
  }
  return false;
}

const TOO_DEEP = -Infinity;

function isLonger(values: readonly Json[], limit: number): boolean {
  try {
    const lengths = values.map((value) => Buffer.byteLength(JSON.stringify(value)));
    return lengths.reduce((sum, length) => sum + length, 0) > limit;
  } catch (error) {
    // Too deep even to be written.
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** What is left of the limit when each value is taken as long as it can be; negative as soon as nothing is left. */
function estimate(value: Json, limit: number, levels: number): number {
  if (typeof value === 'string') return limit - 2 - 6 * value.length;
  if (typeof value !== 'object' || value === null) return limit - 25;
  if (levels === 0) return TOO_DEEP;
  return Array.isArray(value)
    ? estimateItems(value, limit - 2, levels - 1)
    : estimateMembers(value as JsonObject, limit - 2, levels - 1);
}

function estimateItems(items: readonly Json[], limit: number, levels: number): number {
  let left = limit;
  for (const item of items) {
    left = estimate(item, left - 1, levels);
    if (left < 0) return left;
  }
  return left;
}

function estimateMembers(members: JsonObject, limit: number, levels: number): number {
  let left = limit;
  for (const key in members) {
    left = estimate(members[key] ?? null, left - 4 - 6 * key.length, levels);
    if (left < 0) return left;
  }
  return left;
}
