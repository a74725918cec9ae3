import { NO_LIMITS } from './definition-limits.ts';
import type { Plan } from './plan.ts';
import { readDefinition } from './read-definition.ts';

const MOST_CHARACTERS = 2_097_152;

/** Plans by the text of their definitions; what was not used for longest is forgotten first. */
export class PlanCache {
  readonly #plans = new Map<string, Plan>();
  readonly #most: number;
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#most = mostCharacters;
  }

  planOf(text: string): Plan {
    const known = this.#plans.get(text);
    const plan = known ?? readDefinition(text, NO_LIMITS);
    if (known === undefined) this.#characters += text.length;
    else this.#plans.delete(text);
    this.#plans.set(text, plan);
    this.#forget();
    return plan;
  }

  get size(): number {
    return this.#plans.size;
  }

  /** The newest stays in any case. */
  #forget(): void {
    for (const text of this.#plans.keys()) {
      if (this.#characters <= this.#most || this.#plans.size === 1) return;
      this.#plans.delete(text);
      this.#characters -= text.length;
    }
  }
}

const cache = new PlanCache(MOST_CHARACTERS);

/** The plan of a definition that was accepted; reading it again costs a look-up. */
export function planOf(text: string): Plan {
  return cache.planOf(text);
}
