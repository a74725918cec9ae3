import type { SwfState } from '../state.ts';
import type { Evolvers } from './evolver.ts';

function closed(state: SwfState, { initiatedEventId }: { readonly initiatedEventId: number }): void {
  // A child that failed to start before it was initiated was never counted.
  if (state.children[initiatedEventId] === undefined) return;
  delete state.children[initiatedEventId];
  state.open.children -= 1;
}

export const childEvolvers = {
  StartChildWorkflowExecutionInitiated: (state, { workflowId, workflowType }, event) => {
    state.children[event.eventId] = { workflowId, type: workflowType, startedEventId: 0 };
    state.open.children += 1;
  },
  StartChildWorkflowExecutionFailed: closed,
  ChildWorkflowExecutionStarted: (state, { initiatedEventId }, event) => {
    const child = state.children[initiatedEventId];
    if (child !== undefined) child.startedEventId = event.eventId;
  },
  ChildWorkflowExecutionCompleted: closed,
  ChildWorkflowExecutionFailed: closed,
  ChildWorkflowExecutionCanceled: closed,
  ChildWorkflowExecutionTimedOut: closed,
  ChildWorkflowExecutionTerminated: closed,
} satisfies Partial<Evolvers>;
