import type { Json } from '../../language/json.ts';
import { stepOf } from '../state.ts';
import { type Run, record } from './run.ts';

interface Output {
  readonly type: 'TaskSubmitted' | 'TaskSucceeded';
  readonly output: Json;
}

/** What a call or a whole attempt has come to. Gives the id of the event that says so. */
export function recordOutput(run: Run, id: number, { type, output }: Output): number {
  const step = stepOf(run.state, id);
  return record(run, type, { step: step.name, cause: step.last, detail: { output }, own: { of: id } });
}
