import type { EffectOutcome, Machine } from '../../../kernel/machine.ts';
import { pauseBeforeRetry } from '../inferred.ts';
import type { FunctionCall } from '../machine/effects.ts';
import type { InvocationFailure, InvocationLimits, InvocationState } from './state.ts';
import { summary } from './summary.ts';

export type InvocationCommand =
  | { readonly kind: 'accept'; readonly call: FunctionCall; readonly limits: InvocationLimits }
  | { readonly kind: 'effect-finished'; readonly key: string; readonly outcome: EffectOutcome }
  | { readonly kind: 'tick' };

/** Times are epoch milliseconds. */
export type InvocationEvent = { readonly time: number } & (
  | { readonly type: 'InvocationAccepted'; readonly call: FunctionCall; readonly limits: InvocationLimits }
  | { readonly type: 'AttemptBegun' }
  | ({ readonly type: 'AttemptFailed'; readonly next: number | null } & InvocationFailure)
  | { readonly type: 'InvocationSucceeded'; readonly output: unknown }
);

/** Held in one place, so that the events can change it. */
interface Holder {
  state: InvocationState;
}

const UNBORN: InvocationState = {
  call: { resource: '', event: '', idempotency: '' },
  limits: { retries: 0, seconds: 0 },
  acceptedAt: 0,
  attempt: 0,
  pausedUntil: null,
  lastFailure: null,
  closed: null,
};

/** A function that is called asynchronously, as an execution: nobody waits for its answer, and it is retried. */
export const invocationMachine: Machine<Holder, InvocationEvent, InvocationCommand> = {
  initial: () => ({ state: UNBORN }),
  decide,
  evolve: (holder, event) => {
    holder.state = evolved(holder.state, event);
  },
  summary: ({ state }) => summary(state),
  wake: ({ state }) => (state.closed === null ? (state.pausedUntil ?? undefined) : undefined),
  tick: () => ({ kind: 'tick' }),
  offers: () => [],
  effects: ({ state }) => {
    if (!isCalling(state)) return [];
    const { call, attempt } = state;
    // A function that does the work of each key once must do that of a retry.
    const input: FunctionCall = { ...call, idempotency: `${call.idempotency}/async-${attempt}` };
    return [{ key: keyOf(attempt), kind: 'function', input }];
  },
  effectFinished: (key, outcome) => ({ kind: 'effect-finished', key, outcome }),
  receive: () => ({ start: false, command: { kind: 'tick' } }),
  bounce: () => undefined,
};

/** The state that answers are made of. */
export const invocationStateOf = ({ state }: { readonly state: unknown }): InvocationState =>
  (state as Holder).state;

/** Whether an attempt is being made. */
export const isCalling = ({ closed, pausedUntil }: InvocationState): boolean =>
  closed === null && pausedUntil === null;

const keyOf = (attempt: number): string => `call-${attempt}`;

type Turn = Parameters<typeof invocationMachine.decide>[0];

function decide(turn: Turn, command: InvocationCommand): void {
  const { now: time } = turn;
  const { state } = turn.state;
  switch (command.kind) {
    case 'accept':
      turn.append({ type: 'InvocationAccepted', time, call: command.call, limits: command.limits });
      return;
    case 'tick':
      if (state.closed === null && state.pausedUntil !== null && state.pausedUntil <= time)
        turn.append({ type: 'AttemptBegun', time });
      return;
    case 'effect-finished':
      if (isCalling(state) && command.key === keyOf(state.attempt)) finish(turn, command.outcome);
      return;
    default:
      command satisfies never;
  }
}

function finish(turn: Turn, outcome: EffectOutcome): void {
  const { now: time } = turn;
  if (outcome.ok) {
    turn.append({ type: 'InvocationSucceeded', time, output: outcome.value });
    return;
  }
  const { error, details } = outcome;
  const cause = typeof details === 'string' ? details : JSON.stringify(details ?? '');
  const next = nextAttempt(turn.state.state, { error, cause }, time);
  turn.append({ type: 'AttemptFailed', time, error, cause, next });
}

/** Null when there is none. */
function nextAttempt(
  { attempt, limits, acceptedAt }: InvocationState,
  failure: InvocationFailure,
  now: number,
): number | null {
  const seconds = pauseBeforeRetry(failure, attempt, limits.retries);
  if (seconds === undefined) return null;
  const next = now + seconds * 1000;
  return limits.seconds > 0 && next > acceptedAt + limits.seconds * 1000 ? null : next;
}

function evolved(state: InvocationState, event: InvocationEvent): InvocationState {
  const { time } = event;
  switch (event.type) {
    case 'InvocationAccepted': {
      const { call, limits } = event;
      return { ...UNBORN, call, limits, acceptedAt: time, attempt: 1 };
    }
    case 'AttemptBegun':
      return { ...state, attempt: state.attempt + 1, pausedUntil: null };
    case 'AttemptFailed': {
      const { error, cause, next } = event;
      const closed = next === null ? { at: time, isDone: false } : null;
      return { ...state, lastFailure: { error, cause }, pausedUntil: next, closed };
    }
    case 'InvocationSucceeded':
      return { ...state, closed: { at: time, isDone: true } };
    default:
      return event satisfies never;
  }
}
