import { type Failure, failureOf } from '../failure.ts';
import type { Retry } from '../own.ts';
import { scopeOf, stepOf } from '../state.ts';
import { abandonNest } from './abandon.ts';
import { endFailed } from './end.ts';
import { nextRetry } from './retry.ts';
import { type Run, record } from './run.ts';

/** The step fails for good: one of its catch rules goes on, or what it is part of fails likewise. */
export function failStep(run: Run, id: number, failure: Failure): void {
  const { scope } = stepOf(run.state, id);
  const event = recordFailure(run, id, { failure });
  const uncaught = tryCatch(run, id, failure);
  if (uncaught !== undefined) failScope(run, scope, { ...uncaught, event });
}

/** What runs in the step has failed: the step is retried, or fails for good. */
export function failNest(run: Run, id: number, failure: Failure): void {
  const retry = nextRetry(run, id, failure.error);
  if (retry === undefined) failStep(run, id, failure);
  else recordFailure(run, id, { failure, retry });
}

function recordFailure(
  run: Run,
  id: number,
  { failure, retry }: { readonly failure: Failure; readonly retry?: Retry },
): number {
  abandonNest(run, id);
  const step = stepOf(run.state, id);
  const { error, cause, event } = failure;
  return record(run, 'StepFailed', {
    step: step.name,
    cause: event ?? step.last,
    detail: { error, cause },
    own: { of: id, ...(retry && { retry }) },
  });
}

/** The failure that nothing caught: this one, or that of the catch rule itself. */
function tryCatch(run: Run, id: number, failure: Failure): Failure | undefined {
  try {
    return run.dialect.leaveByCatch(run, id, failure) ? undefined : failure;
  } catch (thrown) {
    return failureOf(thrown);
  }
}

function failScope(run: Run, id: number, failure: Failure): void {
  const { owner } = scopeOf(run.state, id);
  if (owner === 0) endFailed(run, failure);
  else failNest(run, owner, failure);
}
