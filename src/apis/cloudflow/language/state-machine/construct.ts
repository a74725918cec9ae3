import { evaluate } from '../evaluate.ts';
import type { Surroundings } from '../expression.ts';
import { missingInConstructor } from '../inferred.ts';
import type { Json } from '../json.ts';
import type { Template } from '../plan.ts';
import { SizeCheck } from '../value-size.ts';

/** The value that a constructor builds. Throws `EvaluationError`. */
export function construct(template: Template, surroundings: Surroundings): Json {
  return build(template, surroundings, new SizeCheck());
}

function build(template: Template, surroundings: Surroundings, size: SizeCheck): Json {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression': {
      const found = evaluate(template.expression, surroundings);
      const value = found === undefined ? missingInConstructor() : found;
      size.add(value);
      return value;
    }
    case 'array':
      return template.items.map((item) => build(item, surroundings, size));
    case 'object':
      return Object.fromEntries(
        template.entries.map(([key, item]) => [key, build(item, surroundings, size)]),
      );
  }
}
