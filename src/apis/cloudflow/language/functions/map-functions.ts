import { merge } from '../inferred.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Arguments } from './arguments.ts';

export function mapKeys(given: Arguments): string[] {
  return Object.keys(given.map(0));
}

export function mapValues(given: Arguments): Json[] {
  return Object.values(given.map(0));
}

export function jsonMerge(given: Arguments): JsonObject {
  return merge(given.map(0), given.map(1));
}
