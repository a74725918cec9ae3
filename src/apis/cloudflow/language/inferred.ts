/** Choices that the vendor's documentation leaves open: one name each, so that a correction is one edit. */
import type { Json, JsonObject } from './json.ts';
import type { ItemSource, RetryRule } from './plan.ts';

/** The error of a step whose expression cannot be evaluated. */
export const evaluationErrorName = 'FnF.RuntimeError';

/** Fields that are understood nowhere and harm nowhere. */
export const ignoredFields: readonly string[] = ['description'];

/** What a mapping gives when its source finds nothing. */
export function missingInMapping(): Json {
  return null;
}

/** What a constructor, or an argument of a function, gets from a path that finds nothing. */
export function missingInConstructor(): Json {
  return null;
}

/** A condition holds when it gives `true`; anything else, also what was not found, does not hold. */
export function holds(value: Json | undefined): boolean {
  return value === true;
}

/** A comparison with something that was not found, whatever the operator. */
export function comparisonWithMissing(): boolean {
  return false;
}

/** Names of steps and states: any language's letters, on one line. */
export function isStepName(name: string): boolean {
  return name.length <= 128 && /^[^\p{Cc}]+$/u.test(name) && name.trim() === name;
}

/** In single quotes only the quote itself can be escaped, so that JSON text stands there as it is. */
export function unescapeSingleQuoted(body: string): string {
  return body.replaceAll("\\'", "'");
}

/** What is evaluated in a map or list that stands where an expression is expected. */
export function isExpressionInContainer(text: string): boolean {
  return text.startsWith('$');
}

/** The length of a text: its characters, not its bytes. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** A whole number between both ends, which are possible themselves. */
export function randomBetween(from: number, to: number, random: number): number {
  return from + Math.floor(random * (to - from + 1));
}

/** How objects are merged: key by key and no deeper; of equal keys the second's value stays. */
export function merge(first: JsonObject, second: JsonObject): JsonObject {
  return { ...first, ...second };
}

/** A rule of the older OnErrors that has Next catches at once: it also keeps later rules from retrying its errors. */
export function retryBeforeCatch(rule: RetryRule): RetryRule {
  return { ...rule, maxAttempts: 0 };
}

/** Fields of ItemBatcher: how many items and bytes a batch may have, and what each batch gets besides. */
export const batcherFields = {
  maxItems: 'MaxItemsPerBatch',
  maxBytes: 'MaxInputBytesPerBatch',
  input: 'BatchInput',
} as const;

/** What `SourceType` of an ItemReader may say; `OSS_JSON_LINES` is our own. */
export const itemSources: Readonly<Record<string, ItemSource>> = {
  OSS_OBJECTS: 'objects',
  OSS_CSV: 'csv',
  OSS_JSON_LIST: 'json-list',
  OSS_JSON_LINES: 'json-lines',
  OSS_INVENTORY_FILES: 'inventory',
};

/** Tables mark ItemsPath as required, samples of ItemReader are without it: beside a reader it is allowed, and not looked at. */
export const mayHaveBothItems = true;
