import { compareDue } from '../inferred.ts';
import { endDueActivity } from './activity-task.ts';
import { timeOutDecisionTask } from './decision-task.ts';
import { timeOutExecution } from './execution.ts';
import { advanceDueLambda } from './lambda.ts';
import type { SwfTurn } from './record.ts';
import { fireTimer } from './timer.ts';

interface Due {
  readonly at: number;
  /** The event that began the wait. */
  readonly event: number;
  readonly happen: () => void;
}

/** Records all that is due, in the order in which it fell due; nothing follows the execution's own end. */
export function tick(turn: SwfTurn): void {
  const due = [...allDue(turn)].sort(compareDue);
  for (const { happen } of due) {
    if (turn.state.close !== null) return;
    happen();
  }
}

function* allDue(turn: SwfTurn): Generator<Due> {
  const { state, now } = turn;
  if (state.due !== null && state.due <= now) {
    yield { at: state.due, event: 1, happen: () => timeOutExecution(turn) };
  }
  const { decision } = state;
  if (decision !== null && decision.due !== null && decision.due <= now) {
    const event = decision.startedEventId || decision.scheduledEventId;
    yield { at: decision.due, event, happen: () => timeOutDecisionTask(turn) };
  }
  for (const [key, activity] of Object.entries(state.activities)) {
    if (activity.due === null || activity.due > now) continue;
    const event = Number(key);
    yield { at: activity.due, event, happen: () => endDueActivity(turn, event, activity) };
  }
  for (const [key, { due, startedEventId: event }] of Object.entries(state.timers)) {
    if (due <= now) yield { at: due, event, happen: () => fireTimer(turn, key.slice(1), event) };
  }
  for (const [key, lambda] of Object.entries(state.lambdas)) {
    const event = Number(key);
    if (lambda.due <= now)
      yield { at: lambda.due, event, happen: () => advanceDueLambda(turn, event, lambda) };
  }
}
