import type { Get } from './client.ts';
import { readSteps, type Step } from './executions.ts';

/** The steps of an execution that is followed: each time only what has changed is read. */
export class FollowedSteps {
  readonly #get: Get;
  readonly #id: string;
  #steps: readonly Step[] = [];
  #events = 0;

  constructor(get: Get, id: string) {
    this.#get = get;
    this.#id = id;
  }

  /** All of them, as they are now. */
  async read(): Promise<readonly Step[]> {
    const { steps, events } = await readSteps(this.#get, this.#id, this.#events);
    this.#steps = merged(this.#steps, steps);
    this.#events = events;
    return this.#steps;
  }
}

/** Steps do not change their order, and new ones come last. */
function merged(known: readonly Step[], changed: readonly Step[]): readonly Step[] {
  if (changed.length === 0) return known;
  const byId = new Map(known.map((step) => [step.id, step]));
  for (const step of changed) {
    const before = byId.get(step.id);
    byId.set(step.id, before === undefined ? step : { ...step, steps: merged(before.steps, step.steps) });
  }
  return [...byId.values()];
}
