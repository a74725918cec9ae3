import type { Fields } from '../fields.ts';
import type { StepNumber } from '../plan.ts';

/** The states of the flow, of a branch or of a processor, by their names; names are unique there. */
export class Scope {
  readonly #numbers = new Map<string, StepNumber>();

  constructor(states: readonly Fields[]) {
    for (const [number, state] of states.entries()) {
      const name = state.text('Name');
      if (this.#numbers.has(name)) state.refuse('another state of the same scope has this name', 'Name');
      this.#numbers.set(name, number);
    }
  }

  /** The state that a field names. */
  find(fields: Fields, field: string): StepNumber {
    const name = fields.text(field);
    return (
      this.#numbers.get(name) ??
      fields.refuse(`${field} names '${name}', which is no state of this scope`, field)
    );
  }
}
