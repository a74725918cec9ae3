import type { RetryRule } from '../../language/plan.ts';
import type { Retry } from '../own.ts';
import { stepOf } from '../state.ts';
import type { Run } from './run.ts';

/** The retry that the step's first fitting rule still has for this error. */
export function nextRetry(run: Run, id: number, error: string): Retry | undefined {
  const rules = run.dialect.retryRules(run, id);
  const place = rules.findIndex((rule) => matches(rule.errors, error));
  const rule = rules[place];
  if (rule === undefined) return undefined;
  const used = stepOf(run.state, id).retries[place] ?? 0;
  if (used >= rule.maxAttempts) return undefined;
  return { rule: place, at: run.turn.now + Math.round(pauseSeconds(rule, used + 1) * 1000) };
}

export function matches(errors: readonly string[], error: string): boolean {
  return errors.includes(error) || errors.includes('FnF.ALL');
}

function pauseSeconds({ intervalSeconds, multiplier, maxIntervalSeconds }: RetryRule, retry: number): number {
  return Math.min(intervalSeconds * multiplier ** (retry - 1), maxIntervalSeconds);
}
