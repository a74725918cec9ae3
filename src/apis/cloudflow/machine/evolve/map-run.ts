import { mapChildKey } from '../keys.ts';
import type { TypedEvent } from '../own.ts';
import { type MapRun, nestOf, type State, stepOf } from '../state.ts';
import type { Evolvers, NoteEvolvers, NoteOf } from './evolver.ts';
import { refreshNest } from './ready.ts';
import { endMapRun } from './remove.ts';
import { beginNest } from './step.ts';

export const mapRunNoteEvolvers = {
  'map-child-begun': childBegun,
  'map-child-started': (state: State, { of, place }: NoteOf<'map-child-started'>): void => {
    delete state.effects[mapChildKey(of, stepOf(state, of).attempts, place)];
  },
  'map-child-ended': childEnded,
  'map-run-updated': updated,
} satisfies Partial<NoteEvolvers>;

function begun(state: State, { own }: TypedEvent<'MapRunStarted'>, id: number): void {
  if (own.nest !== undefined) beginNest(state, own.of, own.nest);
  const step = stepOf(state, own.of);
  step.last = id;
  nestOf(step).mapRun = own.run.name;
  // The counts change, and the event is not ours to change.
  state.mapRuns[own.run.name] = { ...own.run, counts: { ...own.run.counts } };
}

function childBegun(state: State, { of, place }: NoteOf<'map-child-begun'>): void {
  const step = stepOf(state, of);
  const nest = nestOf(step);
  nest.begun += 1;
  nest.running += 1;
  nest.children[place] = true;
  state.effects[mapChildKey(of, step.attempts, place)] = { kind: 'map-child', step: of, place };
  count(state, { name: nest.mapRun, place, from: 'pending', to: 'running' });
  refreshNest(state, of);
}

function childEnded(state: State, { of, place, ok, output, notStarted }: NoteOf<'map-child-ended'>): void {
  const step = stepOf(state, of);
  const nest = nestOf(step);
  delete state.effects[mapChildKey(of, step.attempts, place)];
  delete nest.children[place];
  nest.results[place] = output;
  if (notStarted !== undefined) keepFailure(state, nest.mapRun, { place, failure: notStarted });
  nest.running -= 1;
  nest.finished += 1;
  count(state, { name: nest.mapRun, place, from: 'running', to: ok ? 'succeeded' : 'failed' });
  refreshNest(state, of);
}

interface PlacedFailure {
  readonly place: number;
  readonly failure: NonNullable<NoteOf<'map-child-ended'>['notStarted']>;
}

function keepFailure(state: State, name = '', { place, failure }: PlacedFailure): void {
  const run = state.mapRuns[name];
  if (run?.results !== undefined) run.notStarted = { ...run.notStarted, [place]: failure };
}

type Count = 'pending' | 'running' | 'succeeded' | 'failed';

interface Move {
  readonly name: string | undefined;
  readonly place: number;
  readonly from: Count;
  readonly to: Count;
}

function count(state: State, { name, place, from, to }: Move): void {
  const run = state.mapRuns[name ?? ''];
  if (run === undefined) return;
  const size = run.sizes?.[place] ?? 1;
  run.counts[from] -= size;
  run.counts[to] += size;
}

function updated(state: State, note: NoteOf<'map-run-updated'>): void {
  const run = state.mapRuns[note.mapRun];
  if (run === undefined) return;
  if (note.toleratedFailedCount !== undefined) run.toleratedFailedCount = note.toleratedFailedCount;
  if (note.toleratedFailedPercentage !== undefined) {
    run.toleratedFailedPercentage = note.toleratedFailedPercentage;
  }
  if (note.concurrency === undefined) return;
  run.concurrency = note.concurrency;
  nestOf(stepOf(state, run.step)).limit = note.concurrency;
  refreshNest(state, run.step);
}

type Ending = TypedEvent<'MapRunSucceeded'> | TypedEvent<'MapRunFailed'> | TypedEvent<'MapRunStopped'>;

function ended(status: MapRun['status']) {
  return (state: State, { own, time }: Ending, id: number): void => {
    const run = state.mapRuns[own.name];
    if (run !== undefined) endMapRun(run, status, time);
    const step = stepOf(state, own.of);
    step.last = id;
  };
}

export const mapRunEvolvers = {
  MapRunStarted: begun,
  MapRunSucceeded: ended('Succeeded'),
  MapRunFailed: ended('Failed'),
  MapRunStopped: ended('Stopped'),
} satisfies Partial<Evolvers>;
