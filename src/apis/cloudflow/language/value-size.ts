import { EvaluationError } from './evaluation-error.ts';
import { isArray, isObject, type Json } from './json.ts';

const LARGEST = 4_194_304;
const DEEPEST = 200;

/**
 * Refuses results that no limit on steps could ever let pass, before they cost time: small expressions can repeat large
 * values, and a loop can wrap a value once more each time. Shared by all that builds one result.
 */
export class SizeCheck {
  #left = LARGEST;

  /** Counts what the value would be as JSON, roughly; throws `EvaluationError` when that is too much. */
  add(value: Json): void {
    const pending: [Json, number][] = [[value, 0]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [inner, depth] = next;
      this.#count(typeof inner === 'string' ? inner.length + 2 : 4);
      if (typeof inner !== 'object' || inner === null) continue;
      if (depth === DEEPEST) throw new EvaluationError(`A value has more than ${DEEPEST} levels.`);
      this.#pushInside(inner, (item) => pending.push([item, depth + 1]));
    }
  }

  #pushInside(value: Json, push: (item: Json) => void): void {
    if (isArray(value)) for (const item of value) push(item);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      this.#count(key.length + 3);
      push(item);
    }
  }

  #count(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw new EvaluationError(`A value is larger than ${LARGEST} characters.`);
  }
}
