import { EvaluationError } from '../../evaluation-error.ts';
import type { Arguments } from '../arguments.ts';
import { automatonOf } from './automaton.ts';
import { hasMatch } from './has-match.ts';
import { parsePattern } from './parse-pattern.ts';
import { PatternError } from './pattern.ts';

/**
 * Does the pattern fit a part of the text? Patterns come from clients, so they are run by an automaton in time that is linear
 * in the text; JavaScript's own engine goes back, and a few characters of pattern can keep it busy for years.
 */
export function regexMatchString(given: Arguments): boolean {
  const text = given.text(0);
  const pattern = given.text(1);
  try {
    return hasMatch(automatonOf(parsePattern(pattern)), text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new EvaluationError(`The pattern given to regexMatchString cannot be used: ${error.message}.`);
  }
}
