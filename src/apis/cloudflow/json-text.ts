import type { Cloudflow } from './cloudflow.ts';
import { invalidArgument } from './faults.ts';
import type { Json, JsonObject } from './language/json.ts';
import { NumberTooLarge, parseJson } from './language/parse-json.ts';

/** Deeper than anything that makes sense, and far from what would exhaust the stack of whoever walks over it. */
const MOST_DEPTH = 200;

/** Throws InvalidArgument for what is not the JSON text of an object, or is larger than an input may be. */
export function checkInput({ limits }: Cloudflow, parameter: string, text: string): void {
  readObject(parameter, text, limits.inputBytes);
}

/** Throws InvalidArgument for what is not the JSON text of an object of so many bytes at the most. */
function readObject(parameter: string, text: string, most: number): JsonObject {
  const value = readJson(parameter, text, most);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw invalidArgument(parameter, 'must be the JSON text of an object');
}

/** Throws InvalidArgument for what is not JSON text of so many bytes at the most. */
export function readJson(parameter: string, text: string, most: number): Json {
  if (Buffer.byteLength(text) > most)
    throw invalidArgument(parameter, `must not be larger than ${most} bytes`);
  if (depthOf(text) > MOST_DEPTH) {
    throw invalidArgument(
      parameter,
      `must not have objects and arrays more than ${MOST_DEPTH} deep in each other`,
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    const rule =
      error instanceof NumberTooLarge ? 'must not have numbers that are too large' : 'must be JSON text';
    throw invalidArgument(parameter, rule);
  }
}

/** How deep objects and arrays lie in each other. Told from the text: walking so deep a value may itself be too much. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]+|\\.)*"?|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') deepest = Math.max(deepest, ++depth);
    else if (sign === ']' || sign === '}') depth--;
  }
  return deepest;
}
