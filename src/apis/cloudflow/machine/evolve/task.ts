import type { TaskEffect } from '../effects.ts';
import { effectKey } from '../keys.ts';
import type { Retry, TypedEvent } from '../own.ts';
import { type State, stepOf } from '../state.ts';
import type { Evolvers } from './evolver.ts';
import { restNest } from './ready.ts';
import { endTask, stopWork } from './remove.ts';
import { setDue } from './timers.ts';

function scheduled(state: State, { own }: TypedEvent<'TaskScheduled'>, id: number): void {
  const step = stepOf(state, own.of);
  step.last = id;
  step.attempts += 1;
  step.phase = 'calling';
  if (step.nest?.isReady === true) restNest(state, own.of, step.nest);
  step.task = own.task;
  state.effects[effectKey(own.of, step.attempts)] = { kind: own.task.kind, input: own.call } as TaskEffect;
  setDue(state, own.of, own.due ?? null);
}

function started(state: State, { own }: TypedEvent<'TaskStarted'>, id: number): void {
  stepOf(state, own.of).last = id;
}

function submitted(state: State, { own }: TypedEvent<'TaskSubmitted'>, id: number): void {
  const step = stepOf(state, own.of);
  step.last = id;
  step.phase = 'awaiting';
  delete state.effects[effectKey(own.of, step.attempts)];
}

/** A map run that stays until the step is over: the step calls for what becomes of its children. */
function succeeded(state: State, { own }: TypedEvent<'TaskSucceeded'>, id: number): void {
  endTask(state, own.of);
  stepOf(state, own.of).last = id;
}

type Failing = TypedEvent<'TaskFailed'> | TypedEvent<'TaskSubmitFailed'> | TypedEvent<'TaskTimedOut'>;

function failed(state: State, { own }: Failing, id: number): void {
  stopWork(state, own.of);
  stepOf(state, own.of).last = id;
  if (own.retry !== undefined) pause(state, own.of, own.retry);
}

/** The next attempt begins after a pause. */
export function pause(state: State, id: number, { rule, at }: Retry): void {
  const step = stepOf(state, id);
  while (step.retries.length <= rule) step.retries.push(0);
  step.retries[rule] = (step.retries[rule] ?? 0) + 1;
  step.phase = 'pausing';
  setDue(state, id, at);
}

export const taskEvolvers = {
  TaskScheduled: scheduled,
  TaskStarted: started,
  TaskSubmitted: submitted,
  TaskSubmitFailed: failed,
  TaskSucceeded: succeeded,
  TaskFailed: failed,
  TaskTimedOut: failed,
} satisfies Partial<Evolvers>;
