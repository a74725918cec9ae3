import type { EffectOutcome } from '../../../../kernel/machine.ts';
import type { Failure } from '../failure.ts';
import { longestCause, unusable } from '../inferred.ts';

/** What is no error of the flow language was no failure of the task's own. */
export function callFailure({ error, details }: EffectOutcome & { readonly ok: false }): Failure {
  const text = typeof details === 'string' ? details : JSON.stringify(details ?? '');
  const cause = text.slice(0, longestCause());
  return error === 'failed' ? unusable(cause) : { error, cause };
}
