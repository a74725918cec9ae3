import type { DecisionAttributes } from '../decisions.ts';
import { idKey } from '../state.ts';
import { type Batch, fail } from './batch.ts';
import { limitsOf, record, recordNews, type SwfTurn } from './record.ts';

export function startTimer(
  batch: Batch,
  { timerId, control, startToFireTimeout }: DecisionAttributes['StartTimer'],
  denied: string | undefined,
): void {
  const { turn, completedId: decisionTaskCompletedEventId } = batch;
  const cause = denied ?? refusalToStart(turn, timerId) ?? batch.tooFast;
  if (cause !== undefined) fail(batch, 'StartTimerFailed', { timerId, cause, decisionTaskCompletedEventId });
  else record(turn, 'TimerStarted', { timerId, control, startToFireTimeout, decisionTaskCompletedEventId });
}

function refusalToStart({ state }: SwfTurn, timerId: string): string | undefined {
  if (state.timers[idKey(timerId)] !== undefined) return 'TIMER_ID_ALREADY_IN_USE';
  return state.open.timers >= limitsOf(state).openTimers ? 'OPEN_TIMERS_LIMIT_EXCEEDED' : undefined;
}

export function cancelTimer(
  batch: Batch,
  { timerId }: DecisionAttributes['CancelTimer'],
  denied: string | undefined,
): void {
  const { turn, completedId: decisionTaskCompletedEventId } = batch;
  const timer = turn.state.timers[idKey(timerId)];
  if (denied !== undefined || timer === undefined) {
    const cause = denied ?? 'TIMER_ID_UNKNOWN';
    fail(batch, 'CancelTimerFailed', { timerId, cause, decisionTaskCompletedEventId });
    return;
  }
  const { startedEventId } = timer;
  record(turn, 'TimerCanceled', { timerId, startedEventId, decisionTaskCompletedEventId });
}

export function fireTimer(turn: SwfTurn, timerId: string, startedEventId: number): void {
  recordNews(turn, 'TimerFired', { timerId, startedEventId });
}
