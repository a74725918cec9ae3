import type { StepPlans, TypedEvent } from '../own.ts';
import { type ActiveStep, type Nest, type State, scopeOf, stepOf } from '../state.ts';
import type { Evolvers } from './evolver.ts';
import { makeReady, refreshNest, unready } from './ready.ts';
import { removeStep, stopWork } from './remove.ts';
import { openScope } from './scope.ts';
import { pause } from './task.ts';
import { setDue } from './timers.ts';

function entered(state: State, { own, step: name }: TypedEvent<'StepEntered'>, id: number): void {
  const scope = scopeOf(state, own.scope);
  unready(state, own.scope);
  scope.step = id;
  scope.last = id;
  state.steps[id] = {
    scope: own.scope,
    place: own.place,
    name,
    phase: 'entered',
    last: id,
    input: null,
    due: null,
    timer: -1,
    attempts: 0,
    retries: [],
  };
}

function started(state: State, { own, detail }: TypedEvent<'StepStarted'>, id: number): void {
  const step = stepOf(state, own.of);
  step.last = id;
  step.input = detail.input ?? null;
  if (own.goto !== undefined) step.goto = own.goto;
  if (own.due !== undefined) {
    step.phase = 'waiting';
    setDue(state, own.of, own.due);
  }
  if (own.nest !== undefined) beginNest(state, own.of, own.nest);
  if (own.option !== undefined) beginOption(state, { step, of: own.of, id, option: own.option });
}

export function beginNest(state: State, of: number, plan: NonNullable<StepPlans['nest']>): void {
  const step = stepOf(state, of);
  if (step.due !== null) setDue(state, of, null);
  step.phase = 'nested';
  step.attempts += 1;
  step.nest = {
    ...nest(plan.kind, plan.total),
    limit: plan.limit,
    items: plan.items ?? [],
    results: new Array(plan.total).fill(null),
  };
  refreshNest(state, of);
}

interface OptionStart {
  readonly step: ActiveStep;
  readonly of: number;
  readonly id: number;
  readonly option: NonNullable<StepPlans['option']>;
}

function beginOption(state: State, { step, of, id, option }: OptionStart): void {
  step.phase = 'nested';
  step.nest = { ...nest('option', 1), begun: 1, running: 1, children: { [id]: true } };
  const { list, at } = option;
  openScope(state, id, { list, owner: of, place: 0, at, step: 0, input: step.input, value: {}, last: id });
}

function nest(kind: Nest['kind'], total: number): Nest {
  const none = { begun: 0, running: 0, finished: 0, limit: 0 };
  return { kind, total, ...none, items: [], results: [], children: {}, isReady: false };
}

function succeeded(state: State, { own }: TypedEvent<'StepSucceeded'>, id: number): void {
  stopWork(state, own.of);
  stepOf(state, own.of).last = id;
}

function failed(state: State, { own }: TypedEvent<'StepFailed'>, id: number): void {
  stopWork(state, own.of);
  const step = stepOf(state, own.of);
  step.last = id;
  if (own.retry !== undefined) pause(state, own.of, own.retry);
}

function exited(state: State, { own, detail }: TypedEvent<'StepExited'>, id: number): void {
  const { scope: scopeId } = stepOf(state, own.of);
  const scope = scopeOf(state, scopeId);
  removeStep(state, own.of);
  state.stepsDone += 1;
  scope.step = 0;
  scope.last = id;
  scope.at = own.next;
  scope.value = (state.language === 'legacy' ? detail.local : detail.output) ?? null;
  if (own.global !== undefined) state.global = { ...state.global, ...own.global };
  makeReady(state, scopeId);
}

export const stepEvolvers = {
  StepEntered: entered,
  StepStarted: started,
  StepSucceeded: succeeded,
  StepFailed: failed,
  StepExited: exited,
} satisfies Partial<Evolvers>;
