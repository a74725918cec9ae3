import type { PathExpression, PathStep, Surroundings } from './expression.ts';
import { isArray, isObject, type Json } from './json.ts';

/** What a path finds; a path with `[*]` finds an array, however many elements match. */
export function followPath({ root, steps }: PathExpression, roots: Surroundings['roots']): Json | undefined {
  let found = Object.hasOwn(roots, root) ? roots[root] : undefined;
  for (const [position, step] of steps.entries()) {
    if (step === 'every') return collect(found, steps.slice(position));
    found = descend(found, step);
  }
  return found;
}

function collect(start: Json | undefined, steps: readonly PathStep[]): Json[] {
  let values = start === undefined ? [] : [start];
  for (const step of steps) {
    values =
      step === 'every'
        ? values.flatMap((value) => (isArray(value) ? value : []))
        : values.map((value) => descend(value, step)).filter((value) => value !== undefined);
  }
  return values;
}

function descend(value: Json | undefined, step: Exclude<PathStep, 'every'>): Json | undefined {
  if (value === undefined) return undefined;
  if ('index' in step) return isArray(value) ? value[step.index] : undefined;
  return isObject(value) && Object.hasOwn(value, step.key) ? value[step.key] : undefined;
}
