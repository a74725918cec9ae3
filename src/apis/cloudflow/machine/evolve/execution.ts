import type { Json, JsonObject } from '../../language/json.ts';
import type { TaskOutcome } from '../commands.ts';
import type { StoredEvent } from '../events.ts';
import type { TypedEvent } from '../own.ts';
import { isSameTask } from '../same-task.ts';
import type { State } from '../state.ts';
import type { Evolvers, NoteOf } from './evolver.ts';
import { makeReady } from './ready.ts';
import { endMapRun } from './remove.ts';
import { sharedText } from './shared-text.ts';

function started(state: State, { own, detail, time }: TypedEvent<'ExecutionStarted'>, id: number): void {
  Object.assign(state, own.facts, { definition: sharedText(own.facts.definition) });
  const given = detail.input ?? null;
  const input = own.scopeInput ?? given;
  const isLegacy = own.language === 'legacy';
  state.startedAt = time;
  state.language = own.language;
  state.given = given;
  state.variables = Object.fromEntries(own.facts.environment.map(({ name, value }) => [name, value]));
  state.due = own.due;
  state.scopes[id] = {
    list: own.list,
    owner: 0,
    place: 0,
    at: own.at,
    step: 0,
    input: isLegacy ? input : null,
    value: isLegacy ? {} : input,
    last: id,
  };
  makeReady(state, id);
}

function ended(status: State['status'], outcome: (detail: JsonObject) => TaskOutcome) {
  return (state: State, { detail, time }: Pick<StoredEvent, 'detail' | 'time'>): void => {
    state.status = status;
    state.stoppedAt = time;
    state.outcome = outcome(detail);
    stopMapRuns(state, time);
    state.due = null;
    state.given = null;
    state.variables = {};
    state.global = {};
    state.scopes = {};
    state.steps = {};
    state.ready = [];
    state.timers = [];
    state.effects = {};
  };
}

function stopMapRuns(state: State, time: number): void {
  for (const run of Object.values(state.mapRuns)) {
    if (run.status === 'Running') endMapRun(run, 'Stopped', time);
  }
}

function failure({ error, cause }: JsonObject): TaskOutcome {
  return { ok: false, error: text(error), cause: text(cause) };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function windingDown(state: State, { error, cause }: NoteOf<'winding-down'>): void {
  state.windingDown = { error, cause };
}

export function followed(state: State, { follower }: NoteOf<'followed'>): void {
  state.followers = [...(state.followers ?? []), follower];
}

export function unfollowed(state: State, task: NoteOf<'unfollowed'>): void {
  state.followers = state.followers?.filter((each) => !isSameTask(each, task)) ?? [];
}

export const executionEvolvers = {
  ExecutionStarted: started,
  ExecutionSucceeded: ended('Succeeded', ({ output }) => ({ ok: true, output: output ?? null })),
  ExecutionFailed: ended('Failed', failure),
  ExecutionStopped: ended('Stopped', failure),
  ExecutionTimedOut: ended('TimedOut', failure),
} satisfies Partial<Evolvers>;
