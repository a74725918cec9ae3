import type { FinishLambda } from '../commands.ts';
import type { Lambda } from '../state.ts';
import { record, recordNews, type SwfTurn } from './record.ts';

const MAX_REASON = 256;
const MAX_DETAILS = 32_768;

/** A function that waits is started, one that runs has run too long. */
export function advanceDueLambda(turn: SwfTurn, scheduledEventId: number, lambda: Lambda): void {
  const { startedEventId } = lambda;
  if (startedEventId !== 0) {
    recordNews(turn, 'LambdaFunctionTimedOut', {
      scheduledEventId,
      startedEventId,
      timeoutType: 'START_TO_CLOSE',
    });
  } else if (turn.state.configuration.lambdaRole === undefined) {
    recordNews(turn, 'StartLambdaFunctionFailed', {
      scheduledEventId,
      cause: 'ASSUME_ROLE_FAILED',
      message: 'No IAM role is attached to the current workflow execution.',
    });
  } else {
    record(turn, 'LambdaFunctionStarted', { scheduledEventId });
  }
}

/** An outcome that comes after the function has timed out is dropped. */
export function finishLambda(turn: SwfTurn, { scheduledEventId, outcome }: FinishLambda): void {
  const lambda = turn.state.lambdas[scheduledEventId];
  if (lambda === undefined || lambda.startedEventId === 0) return;
  const { startedEventId } = lambda;
  if (outcome.ok) {
    const result = textOf(outcome.value);
    recordNews(turn, 'LambdaFunctionCompleted', { scheduledEventId, startedEventId, result });
    return;
  }
  const reason = outcome.error.slice(0, MAX_REASON);
  const details = textOf(outcome.details)?.slice(0, MAX_DETAILS);
  recordNews(turn, 'LambdaFunctionFailed', { scheduledEventId, startedEventId, reason, details });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
