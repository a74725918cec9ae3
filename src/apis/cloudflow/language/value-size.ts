import { EvaluationError } from './evaluation-error.ts';
import { isArray, type Json, type JsonObject } from './json.ts';

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
    this.#add(value, DEEPEST);
  }

  #add(value: Json, levels: number): void {
    this.#count(typeof value === 'string' ? value.length + 2 : 4);
    if (typeof value !== 'object' || value === null) return;
    if (levels === 0) throw new EvaluationError(`A value has more than ${DEEPEST} levels.`);
    if (isArray(value)) for (const item of value) this.#add(item, levels - 1);
    else this.#addMembers(value as JsonObject, levels - 1);
  }

  #addMembers(members: JsonObject, levels: number): void {
    for (const key in members) {
      this.#count(key.length + 3);
      this.#add(members[key] ?? null, levels);
    }
  }

  #count(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw new EvaluationError(`A value is larger than ${LARGEST} characters.`);
  }
}
