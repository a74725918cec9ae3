import { attributesKey, type HistoryEvent, type Note, type SwfEvent } from '../events.ts';
import type { SwfState } from '../state.ts';
import { activityTaskEvolvers, heartbeat } from './activity-task.ts';
import { childEvolvers } from './child.ts';
import { decisionTaskEvolvers } from './decision-task.ts';
import type { Evolvers } from './evolver.ts';
import { executionEvolvers } from './execution.ts';
import { historyOnlyEvolvers } from './history-only.ts';
import { lambdaEvolvers } from './lambda.ts';
import { timerEvolvers } from './timer.ts';

const evolvers: Evolvers = {
  ...executionEvolvers,
  ...decisionTaskEvolvers,
  ...activityTaskEvolvers,
  ...timerEvolvers,
  ...childEvolvers,
  ...historyOnlyEvolvers,
  ...lambdaEvolvers,
};

export function evolve(state: SwfState, event: SwfEvent): void {
  if ('note' in event) {
    evolveByNote(state, event);
    return;
  }
  const evolver = evolvers[event.eventType] as (
    state: SwfState,
    attributes: unknown,
    event: HistoryEvent,
  ) => void;
  evolver(state, event[attributesKey(event.eventType)], event);
}

function evolveByNote(state: SwfState, note: Note): void {
  if (note.note === 'heartbeat') {
    heartbeat(state, note);
    return;
  }
  state.scope = note.scope;
  state.retentionDays = note.retentionDays;
  state.limits = note.limits ?? null;
}
