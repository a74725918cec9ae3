import { EvaluationError } from '../evaluation-error.ts';
import type { Json } from '../json.ts';
import { Arguments } from './arguments.ts';
import { arrayContains, arrayUnique, toArray } from './array-functions.ts';
import { format } from './format.ts';
import { get, intAdd, length } from './general-functions.ts';
import { hash } from './hash.ts';
import { jsonMerge, mapKeys, mapValues } from './map-functions.ts';
import { randomInteger, uuid } from './random-functions.ts';
import { regexMatchString } from './regex/regex-match-string.ts';
import { fromBase64, jsonToString, split, stringToJson, toBase64 } from './text-functions.ts';

interface BuiltInFunction {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly call: (given: Arguments, random: () => number) => Json | undefined;
}

const FUNCTIONS: Readonly<Record<string, BuiltInFunction>> = {
  arrayContains: { least: 2, most: 2, call: arrayContains },
  arrayUnique: { least: 1, most: 1, call: arrayUnique },
  format: { least: 1, most: Infinity, call: format },
  fromBase64: { least: 1, most: 1, call: fromBase64 },
  // What stringToJson was called on older pages.
  fromJSON: { least: 1, most: 1, call: stringToJson },
  get: { least: 2, most: 2, call: get },
  hash: { least: 2, most: 2, call: hash },
  intAdd: { least: 2, most: 2, call: intAdd },
  jsonMerge: { least: 2, most: 2, call: jsonMerge },
  jsonToString: { least: 1, most: 1, call: jsonToString },
  length: { least: 1, most: 1, call: length },
  mapKeys: { least: 1, most: 1, call: mapKeys },
  mapValues: { least: 1, most: 1, call: mapValues },
  randomInt: { least: 2, most: 2, call: randomInteger },
  regexMatchString: { least: 2, most: 2, call: regexMatchString },
  split: { least: 2, most: 2, call: split },
  stringToJson: { least: 1, most: 1, call: stringToJson },
  toArray: { least: 0, most: Infinity, call: toArray },
  toBase64: { least: 1, most: 1, call: toBase64 },
  uuid: { least: 0, most: 0, call: uuid },
};

export function functionNamed(name: string): BuiltInFunction | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** Calls the built-in function; undefined when it looked for something that is not there. */
export function callFunction(name: string, given: readonly Json[], random: () => number): Json | undefined {
  const called = functionNamed(name);
  if (called === undefined) throw new EvaluationError(`There is no function ${name}.`);
  return called.call(new Arguments(name, given), random);
}
