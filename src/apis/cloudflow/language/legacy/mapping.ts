import type { Surroundings } from '../expression.ts';
import { followPath } from '../follow-path.ts';
import { merge, missingInMapping } from '../inferred.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Mapping } from '../plan.ts';
import { SizeCheck } from '../value-size.ts';

/** The object that mappings build; of equal targets the last one stays. Throws `EvaluationError`. */
export function mapAll(mappings: readonly Mapping[], roots: Surroundings['roots']): JsonObject {
  const size = new SizeCheck();
  return Object.fromEntries(
    mappings.map(({ target, source }) => {
      const value = sourceValue(source, roots);
      size.add(value);
      return [target, value];
    }),
  );
}

function sourceValue(source: Mapping['source'], roots: Surroundings['roots']): Json {
  if (source.kind === 'literal') return source.value;
  const found = followPath(source, roots);
  return found === undefined ? missingInMapping() : found;
}

/** A container's local after a step has added its output. */
export function mergeLocal(local: JsonObject, output: JsonObject): JsonObject {
  return merge(local, output);
}
