import type { CancelDelivered, CancelFailed, ExternalSignaled, SignalFailed } from '../commands.ts';
import { recordNews, type SwfTurn } from './record.ts';

export function externalSignaled(turn: SwfTurn, { initiatedEventId, execution }: ExternalSignaled): void {
  recordNews(turn, 'ExternalWorkflowExecutionSignaled', { workflowExecution: execution, initiatedEventId });
}

export function signalFailed(turn: SwfTurn, { target }: SignalFailed): void {
  recordNews(turn, 'SignalExternalWorkflowExecutionFailed', target);
}

export function cancelDelivered(turn: SwfTurn, { initiatedEventId, execution }: CancelDelivered): void {
  recordNews(turn, 'ExternalWorkflowExecutionCancelRequested', {
    workflowExecution: execution,
    initiatedEventId,
  });
}

export function cancelFailed(turn: SwfTurn, { target }: CancelFailed): void {
  recordNews(turn, 'RequestCancelExternalWorkflowExecutionFailed', target);
}
