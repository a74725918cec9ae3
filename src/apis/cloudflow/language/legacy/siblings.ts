import type { Fields } from '../fields.ts';
import type { StepNumber } from '../plan.ts';

/** The steps of one list by their names; names are unique there. */
export class Siblings {
  readonly #numbers = new Map<string, StepNumber>();

  constructor(steps: readonly Fields[]) {
    for (const [number, step] of steps.entries()) {
      const name = step.text('name');
      if (this.#numbers.has(name)) step.refuse('another step of the same list has this name', 'name');
      this.#numbers.set(name, number);
    }
  }

  /** The step that a field names. */
  find(fields: Fields, field: string): StepNumber {
    const name = fields.text(field);
    return (
      this.#numbers.get(name) ??
      fields.refuse(`${field} names '${name}', which is no step of this list`, field)
    );
  }
}
