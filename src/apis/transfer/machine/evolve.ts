import { planAt } from './current.ts';
import type { Event, MachineEvent } from './events.ts';
import { outputsOf, previousAfterFailure } from './inferred.ts';
import { sourceOf } from './source.ts';
import { type CurrentStep, type EndedStep, factsOf, type State, type StepList } from './state.ts';
import type { StepPlan } from './step-plan.ts';

type EventOf<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

export function evolve(state: State, event: MachineEvent): void {
  switch (event.type) {
    case 'ExecutionStarted':
      state.facts = event.own.facts;
      state.previous = event.own.facts.upload.file;
      break;
    case 'ExecutionThrottled':
      throttle(state, event);
      break;
    case 'StepStarted':
      state.current = stepAt(state, event);
      break;
    case 'StepCompleted':
      complete(state, event);
      break;
    case 'StepErrored':
      fail(state, event);
      break;
    case 'ExecutionCompleted':
      end(state, 'COMPLETED', event);
      break;
    case 'ExecutionErrored':
      end(state, 'EXCEPTION', event);
      break;
    default:
      evolveNote(state, event);
  }
}

function evolveNote({ current }: State, note: Exclude<MachineEvent, Event>): void {
  if (current === null) return;
  switch (note.type) {
    case 'begun':
      current.begunAt = note.at;
      break;
    case 'called':
      current.isCalled = true;
      break;
    case 'progressed':
      current.progress = { done: note.done, total: note.total };
      break;
    default:
      note satisfies never;
  }
}

/** Its first step is shown as what could not begin. */
function throttle(state: State, { own, at }: EventOf<'ExecutionThrottled'>): void {
  state.facts = own.facts;
  state.previous = own.facts.upload.file;
  const plan = planAt(state, 'Steps', 0);
  if (plan !== undefined) {
    const error = {
      type: 'THROTTLED',
      message: 'More executions were started than the workflow takes',
    } as const;
    state.ended.push({ ...begun(state, { plan, list: 'Steps', at }), endedAt: at, error });
  }
  end(state, 'EXCEPTION', { at });
}

/** The one after the last that has ended: in its own list, or at the head of the exception handlers. */
function stepAt(state: State, { at }: EventOf<'StepStarted'>): CurrentStep {
  const list: StepList = state.status === 'HANDLING_EXCEPTION' ? 'OnExceptionSteps' : 'Steps';
  const index = state.ended.filter((step) => step.list === list).length;
  const plan = planAt(state, list, index);
  if (plan === undefined) throw new Error(`${list}[${index}] is not a step.`);
  return { ...begun(state, { plan, list, at }), index, begunAt: null, isCalled: false, progress: null };
}

function begun(
  state: State,
  { plan, list, at }: { readonly plan: StepPlan; readonly list: StepList; readonly at: number },
): Omit<EndedStep, 'endedAt'> {
  const { Name: name } = plan.details;
  return {
    number: state.ended.length + 1,
    list,
    type: plan.type,
    ...(name !== undefined && { name }),
    source: sourceOf(state, plan),
    startedAt: at,
  };
}

function complete(state: State, { at, own }: EventOf<'StepCompleted'>): void {
  const { current } = state;
  const plan = current && planAt(state, current.list, current.index);
  if (!plan) return;
  state.ended.push({ ...lasting(current), endedAt: at, outputs: outputsOf(plan), ...own });
  if (own.location !== undefined) state.previous = own.location;
  state.current = null;
}

function fail(state: State, { at, details, own }: EventOf<'StepErrored'>): void {
  const { current } = state;
  if (current === null) return;
  const error = { type: details.errorType, message: details.errorMessage };
  state.ended.push({ ...lasting(current), endedAt: at, error, ...own });
  state.current = null;
  if (current.list === 'OnExceptionSteps' || factsOf(state).handlers.length === 0) return;
  state.status = 'HANDLING_EXCEPTION';
  state.previous = previousAfterFailure(current);
}

function lasting({
  index: _index,
  begunAt: _begunAt,
  isCalled: _isCalled,
  progress: _progress,
  ...step
}: CurrentStep): Omit<EndedStep, 'endedAt'> {
  return step;
}

function end(state: State, status: State['status'], { at }: { readonly at: number }): void {
  state.status = status;
  state.endedAt = at;
}
