import type { Json, JsonObject } from '../json.ts';
import type { Arguments } from './arguments.ts';

export function mapKeys(given: Arguments): string[] {
  return Object.keys(given.map(0));
}

export function mapValues(given: Arguments): Json[] {
  return Object.values(given.map(0));
}

/** The entries of both maps; of equal keys the second map's. Maps inside are replaced whole. */
export function jsonMerge(given: Arguments): JsonObject {
  return { ...given.map(0), ...given.map(1) };
}
