import { isTrue } from '../../../language/evaluate.ts';
import type { Json } from '../../../language/json.ts';
import type { ChoiceState, FlowState } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import { StepFailure } from '../../failure.ts';
import { unusable } from '../../inferred.ts';
import type { StepPlans } from '../../own.ts';
import { scopeOf, stepOf } from '../../state.ts';
import { failStep } from '../fail.ts';
import { type Run, record } from '../run.ts';
import { NO_PLANS, startStep } from '../start-step.ts';
import { endOfWait } from '../wait.ts';
import { checkSize, succeed } from './leave.ts';
import { beginMap, iterationsOf } from './map.ts';
import { definitionOf, stateAt } from './plan.ts';
import { surroundingsOf } from './surroundings.ts';
import { scheduleTask } from './task.ts';
import { numberOf } from './values.ts';

/** Enters the state that the scope has come to and goes on with it as far as it goes. */
export function enter(run: Run, scopeId: number): void {
  const scope = scopeOf(run.state, scopeId);
  const place = scope.at ?? 0;
  const state = stateAt(run, scope.list, place);
  const { value: received } = scope;
  const id = record(run, 'StepEntered', {
    step: state.name,
    cause: scope.last,
    detail: { input: received },
    own: { scope: scopeId, place },
  });
  const { inputConstructor } = state;
  const input =
    inputConstructor === undefined
      ? received
      : construct(inputConstructor, surroundingsOf(run, id, { input: received }));
  checkSize(run, [input]);
  start(run, id, input);
}

/** Begins a task's or container's next attempt. */
export function resume(run: Run, id: number): void {
  if (definitionOf(run, id).type === 'Task') scheduleTask(run, id);
  else start(run, id, stepOf(run.state, id).input);
}

function start(run: Run, id: number, input: Json): void {
  const state = definitionOf(run, id);
  startStep(run, id, { input, plan: () => plansOf(run, id, { state, input }) });
  begin(run, id, state);
}

interface Started {
  readonly state: FlowState;
  readonly input: Json;
}

/** What the state is about to do, as far as its input says. */
function plansOf(run: Run, id: number, { state, input }: Started): StepPlans {
  switch (state.type) {
    case 'Choice':
      return { goto: chosen(run, id, { state, input }) };
    case 'Parallel':
      return { nest: { kind: 'branches', total: state.branches.length, limit: 0 } };
    case 'Map': {
      const nest = iterationsOf(run, id, { state, input });
      return nest === undefined ? NO_PLANS : { nest };
    }
    case 'Wait':
      return { due: endOfWait(run, numberOf(state.seconds, surroundingsOf(run, id, { input }))) };
    default:
      return NO_PLANS;
  }
}

function chosen(run: Run, id: number, { state, input }: { state: ChoiceState; input: Json }): number {
  const surroundings = surroundingsOf(run, id, { input });
  const branch = state.branches.find(({ condition }) => isTrue(condition, surroundings));
  const next = branch?.next ?? state.default;
  if (next === undefined) throw new StepFailure(unusable('No condition is true, and there is no Default.'));
  return next;
}

function begin(run: Run, id: number, state: FlowState): void {
  const { input, due } = stepOf(run.state, id);
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
    case 'Choice':
      succeed(run, id, input);
      return;
    case 'Wait':
      if ((due ?? 0) <= run.turn.now) succeed(run, id, input);
      return;
    case 'Fail':
      failStep(run, id, { error: state.code, cause: state.detail });
      return;
    case 'Task':
      scheduleTask(run, id);
      return;
    case 'Map':
      beginMap(run, id, state);
      return;
    default:
      return;
  }
}
