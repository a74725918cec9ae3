import type { StoredEvent } from '../events.ts';
import type { MachineEvent, Note } from '../notes.ts';
import type { State } from '../state.ts';
import type { Evolvers, NoteEvolvers } from './evolver.ts';
import { executionEvolvers, followed, unfollowed, windingDown } from './execution.ts';
import { mapRunEvolvers, mapRunNoteEvolvers } from './map-run.ts';
import { scopeEvolvers } from './scope.ts';
import { stepEvolvers } from './step.ts';
import { taskEvolvers } from './task.ts';

const evolvers: Evolvers = {
  ...executionEvolvers,
  ...stepEvolvers,
  ...scopeEvolvers,
  ...taskEvolvers,
  ...mapRunEvolvers,
};

const noteEvolvers: NoteEvolvers = {
  ...mapRunNoteEvolvers,
  'winding-down': windingDown,
  followed,
  unfollowed,
};

/** Brings the state, in place, to where the event leaves it. Nothing is evaluated here. */
export function evolve(state: State, event: MachineEvent, id: number): void {
  state.latest = event.time;
  if ('note' in event) {
    const evolver = noteEvolvers[event.note] as (state: State, note: Note) => void;
    evolver(state, event);
    return;
  }
  const evolver = evolvers[event.type] as (state: State, event: StoredEvent, id: number) => void;
  evolver(state, event, id);
}
