import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDefinition, USUAL_LIMITS } from './usual-limits.ts';

/** A text, and what is said of it. */
export type Wrong = readonly [text: string, message: string];

/** Each text is refused in just these words. */
export function testWrong(
  table: readonly Wrong[],
  definition: (text: string) => string,
  limits = USUAL_LIMITS,
): void {
  for (const [number, [text, message]] of table.entries()) {
    test(`${number}: ${message}`, () => {
      assert.throws(() => readDefinition(definition(text), limits), { name: 'DefinitionError', message });
    });
  }
}
