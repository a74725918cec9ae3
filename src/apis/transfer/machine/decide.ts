import { Rejection } from '../../../kernel/errors.ts';
import type { Turn } from '../../../kernel/machine.ts';
import type { CustomStepStatus } from '../model/types.gen.ts';
import type { Command, CommandOf } from './commands.ts';
import { dueOf, planAt, planOfCurrent, timeoutSeconds } from './current.ts';
import { type LoggedStep, loggedLocation, type MachineEvent, type Origin, originOf } from './events.ts';
import { outputsOf } from './inferred.ts';
import { sourceOf } from './source.ts';
import { type CurrentStep, factsOf, type State, type StepError } from './state.ts';
import { errorOf } from './step-error.ts';
import type { StepPlan } from './step-plan.ts';
import type { StepOutcome } from './work.ts';

export type StepTurn = Turn<State, MachineEvent, Command>;

export function decide(turn: StepTurn, command: Command): unknown {
  switch (command.kind) {
    case 'start':
      return start(turn, command);
    case 'effect-finished':
      return finishEffect(turn, command);
    case 'begun':
      return begin(turn, command);
    case 'progressed':
      if (isCurrent(turn, command.step)) {
        const { done, total } = command;
        turn.note({ type: 'progressed', done, total });
      }
      return undefined;
    case 'answer':
      return answer(turn, command);
    case 'tick':
      return tick(turn);
    default:
      return command satisfies never;
  }
}

function start(turn: StepTurn, { facts, isThrottled }: CommandOf<'start'>): void {
  const base = { at: turn.now, ...originOf(facts, turn.identity.name), own: { facts } };
  if (isThrottled) {
    turn.append({ type: 'ExecutionThrottled', details: {}, ...base });
    return;
  }
  const initialFileLocation = loggedLocation(facts.upload.file);
  turn.append({ type: 'ExecutionStarted', details: { input: { initialFileLocation } }, ...base });
  goOn(turn, 0);
}

/** Starts the step at a place of the list that is being worked on, or ends when there is none. */
function goOn(turn: StepTurn, index: number): void {
  const { state } = turn;
  const isHandling = state.status === 'HANDLING_EXCEPTION';
  const plan = planAt(state, isHandling ? 'OnExceptionSteps' : 'Steps', index);
  if (plan === undefined) {
    turn.append({
      type: isHandling ? 'ExecutionErrored' : 'ExecutionCompleted',
      details: {},
      ...originIn(turn),
    });
    return;
  }
  const fileLocation = loggedLocation(sourceOf(state, plan));
  const details = { input: { fileLocation }, ...loggedStep(plan) };
  turn.append({ type: 'StepStarted', details, ...originIn(turn) });
}

function finishEffect(turn: StepTurn, { key, outcome }: CommandOf<'effect-finished'>): void {
  const { current } = turn.state;
  // What a step that is over has still done or failed at does not matter any more.
  if (current === null || String(current.number) !== key) return;
  if (!outcome.ok) fail(turn, { current, error: errorOf(outcome) });
  else if (current.type === 'CUSTOM') turn.note({ type: 'called' });
  else complete(turn, { current, outcome: outcome.value as StepOutcome });
}

/** Tells whether this is the first time. */
function begin(turn: StepTurn, { step }: CommandOf<'begun'>): void {
  if (!isCurrent(turn, step)) throw new Rejection('step-over', 'The step is over.');
  if (turn.state.current?.begunAt === null) turn.note({ type: 'begun', at: turn.now });
}

function answer(turn: StepTurn, { step, status }: CommandOf<'answer'>): void {
  const { current, ended } = turn.state;
  if (current?.number === step) {
    if (status === 'SUCCESS') complete(turn, { current, outcome: {}, answer: status });
    else {
      const error: StepError = {
        type: 'CUSTOM_STEP_FAILED',
        message: 'The function has answered that the step failed',
      };
      fail(turn, { current, error, answer: status });
    }
    return;
  }
  // Clients repeat what they do not know to have arrived.
  if (ended.find(({ number }) => number === step)?.answer === status) return;
  throw new Rejection('InvalidRequestException', 'The step that the token belongs to does not wait any more');
}

interface Ending {
  readonly current: CurrentStep;
  readonly answer?: CustomStepStatus;
}

function complete(
  turn: StepTurn,
  { current, outcome, answer }: Ending & { readonly outcome: StepOutcome },
): void {
  const plan = planOfCurrent(turn.state, current);
  const { location, bytes } = outcome;
  turn.append({
    type: 'StepCompleted',
    details: { output: JSON.parse(outputsOf(plan)) as object, ...loggedStep(plan) },
    ...originIn(turn),
    own: {
      ...(location !== undefined && { location }),
      ...(bytes !== undefined && { bytes }),
      ...(answer !== undefined && { answer }),
    },
  });
  goOn(turn, current.index + 1);
}

function fail(turn: StepTurn, { current, error, answer }: Ending & { readonly error: StepError }): void {
  const { list } = current;
  turn.append({
    type: 'StepErrored',
    details: {
      errorType: error.type,
      errorMessage: error.message,
      ...loggedStep(planOfCurrent(turn.state, current)),
    },
    ...originIn(turn),
    own: answer === undefined ? {} : { answer },
  });
  if (list === 'Steps' && factsOf(turn.state).handlers.length > 0) goOn(turn, 0);
  else turn.append({ type: 'ExecutionErrored', details: {}, ...originIn(turn) });
}

function tick(turn: StepTurn): void {
  const due = dueOf(turn.state);
  const { current } = turn.state;
  if (due === undefined || current === null || turn.now < due) return;
  const plan = planOfCurrent(turn.state, current);
  const seconds = plan.type === 'CUSTOM' ? timeoutSeconds(plan.details) : 0;
  fail(turn, { current, error: { type: 'TIMEOUT', message: `No answer within ${seconds} seconds` } });
}

const isCurrent = ({ state }: StepTurn, step: number): boolean => state.current?.number === step;

const originIn = ({ state, identity, now }: StepTurn): Origin & { readonly at: number } => ({
  at: now,
  ...originOf(factsOf(state), identity.name),
});

const loggedStep = ({ type, details }: StepPlan): LoggedStep => ({
  stepType: type,
  ...(details.Name !== undefined && { stepName: details.Name }),
});
