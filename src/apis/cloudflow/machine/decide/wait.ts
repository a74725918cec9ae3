import type { Json } from '../../language/json.ts';
import { StepFailure } from '../failure.ts';
import { unusable } from '../inferred.ts';
import type { Run } from './run.ts';

/** When a wait of so many seconds ends. Throws where that is no number of seconds, or more than is allowed. */
export function endOfWait({ turn, state }: Run, seconds: Json | undefined): number {
  if (typeof seconds !== 'number' || !(seconds >= 0)) {
    throw new StepFailure(
      unusable(`A wait needs a number of seconds, not ${JSON.stringify(seconds ?? null)}.`),
    );
  }
  return withinLimit(turn.now + seconds * 1000, turn.now, state.limits.waitSeconds);
}

/** The end of a wait; an end that is past already is now. */
export function withinLimit(end: number, now: number, limit: number): number {
  if (limit > 0 && end - now > limit * 1000) {
    throw new StepFailure(unusable(`A wait can be no longer than ${limit} seconds.`));
  }
  return Math.max(now, Math.round(end));
}
