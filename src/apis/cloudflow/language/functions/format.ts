import { EvaluationError } from '../evaluation-error.ts';
import type { Json } from '../json.ts';
import { SizeCheck } from '../value-size.ts';
import type { Arguments } from './arguments.ts';

/** Puts the arguments, one after another, into the places marked `{}`; what is not text stands there as JSON. */
export function format(given: Arguments): string {
  const size = new SizeCheck();
  const [first = '', ...rest] = given.text(0).split('{}');
  if (rest.length !== given.all.length - 1) {
    throw new EvaluationError(
      `The text given to format has ${rest.length} places for ${given.all.length - 1} values.`,
    );
  }
  return rest.reduce((text, part, place) => text + shown(given.any(place + 1), size) + part, first);
}

function shown(value: Json, size: SizeCheck): string {
  size.add(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
