import type { DecisionAttributes } from '../decisions.ts';
import { lambdaTimeout } from '../inferred.ts';
import { idKey, type SwfState } from '../state.ts';
import { type Batch, fail } from './batch.ts';
import { limitsOf, record } from './record.ts';

/** The function is started by the next tick, after the batch. */
export function scheduleLambda(batch: Batch, attributes: DecisionAttributes['ScheduleLambdaFunction']): void {
  const { turn, completedId: decisionTaskCompletedEventId } = batch;
  const { id, name, control, input } = attributes;
  const cause = refusalToSchedule(turn.state, id);
  if (cause !== undefined) {
    fail(batch, 'ScheduleLambdaFunctionFailed', { id, name, cause, decisionTaskCompletedEventId });
    return;
  }
  const startToCloseTimeout = lambdaTimeout(attributes.startToCloseTimeout);
  record(turn, 'LambdaFunctionScheduled', {
    id,
    name,
    control,
    input,
    startToCloseTimeout,
    decisionTaskCompletedEventId,
  });
}

function refusalToSchedule(state: SwfState, id: string): string | undefined {
  if (state.lambdaIds[idKey(id)] !== undefined) return 'ID_ALREADY_IN_USE';
  return state.open.lambdas >= limitsOf(state).openLambdas
    ? 'OPEN_LAMBDA_FUNCTIONS_LIMIT_EXCEEDED'
    : undefined;
}
