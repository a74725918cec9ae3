import { EvaluationError } from '../evaluation-error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';

/** Arguments of one call; each is asked for by its place, from 0, and refused when it is of another type. */
export class Arguments {
  readonly name: string;
  readonly all: readonly Json[];

  constructor(name: string, all: readonly Json[]) {
    this.name = name;
    this.all = all;
  }

  any(place: number): Json {
    const value = this.all[place];
    if (value === undefined) throw new Error(`${this.name} was called with too few arguments`);
    return value;
  }

  text(place: number): string {
    const value = this.any(place);
    return typeof value === 'string' ? value : this.refuse(place, 'a text');
  }

  integer(place: number): number {
    const value = this.any(place);
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? value
      : this.refuse(place, 'a whole number');
  }

  array(place: number): readonly Json[] {
    const value = this.any(place);
    return isArray(value) ? value : this.refuse(place, 'an array');
  }

  map(place: number): JsonObject {
    const value = this.any(place);
    return isObject(value) ? value : this.refuse(place, 'a map');
  }

  refuse(place: number, wanted: string): never {
    throw new EvaluationError(
      `Argument ${place + 1} of ${this.name} must be ${wanted}, not ${typeName(this.any(place))}.`,
    );
  }
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'an array';
  return isObject(value) ? 'a map' : `a ${typeof value}`;
}
