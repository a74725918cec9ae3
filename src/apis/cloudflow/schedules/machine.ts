import type { EffectOutcome, Machine } from '../../../kernel/machine.ts';
import { latestTime, nextTime, readSchedule } from '../../../schedule/schedule.ts';
import type { ScheduleSettings, ScheduleState } from './state.ts';
import { summary } from './summary.ts';

export type ScheduleCommand =
  | { readonly kind: 'create'; readonly scheduleId: string; readonly settings: ScheduleSettings }
  | { readonly kind: 'change'; readonly settings: ScheduleSettings }
  | { readonly kind: 'remove' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'effect-finished'; readonly outcome: EffectOutcome }
  | { readonly kind: 'go-on'; readonly state: ScheduleState };

/** Times are epoch milliseconds. */
export type ScheduleEvent =
  | { readonly type: 'ScheduleCreated'; readonly time: number; readonly state: ScheduleState }
  | { readonly type: 'ScheduleContinued'; readonly time: number; readonly state: ScheduleState }
  | {
      readonly type: 'ScheduleChanged';
      readonly time: number;
      readonly settings: ScheduleSettings;
      readonly next: number | null;
    }
  | {
      readonly type: 'ExecutionDue';
      readonly time: number;
      readonly due: number;
      readonly next: number | null;
    }
  | {
      readonly type: 'ExecutionStarted';
      readonly time: number;
      readonly due: number;
      readonly execution: unknown;
    }
  | {
      readonly type: 'ExecutionStartFailed';
      readonly time: number;
      readonly due: number;
      readonly error: string;
      readonly cause: unknown;
    }
  | { readonly type: 'ScheduleRemoved'; readonly time: number }
  | { readonly type: 'ScheduleContinuesAsNew'; readonly time: number };

/** Held in one place, so that the events can change it. */
interface Holder {
  state: ScheduleState;
}

/** After so many firings the schedule goes on as a new execution, so that no history grows for ever. */
const FIRINGS_OF_ONE = 1000;

const UNBORN: ScheduleState = {
  scheduleId: '',
  settings: { name: '', cron: '', payload: '', isEnabled: false, description: '' },
  createdAt: 0,
  modifiedAt: 0,
  next: null,
  starting: null,
  firings: 0,
  closed: null,
};

/** A schedule as an execution: it wakes when it is due, and asks for an execution of its flow to be started. */
export const scheduleMachine: Machine<Holder, ScheduleEvent, ScheduleCommand> = {
  isSeldomFollowed: true,
  initial: () => ({ state: UNBORN }),
  decide,
  evolve: (holder, event) => {
    holder.state = evolved(holder.state, event);
  },
  summary: ({ state }) => summary(state),
  // One start at a time: what falls due meanwhile waits for it.
  wake: ({ state }) =>
    state.closed === null && state.starting === null ? (state.next ?? undefined) : undefined,
  tick: () => ({ kind: 'tick' }),
  offers: () => [],
  effects: ({ state: { starting, settings, scheduleId } }) => {
    if (starting === null) return [];
    const input: ScheduledStart = { due: starting, scheduleId, settings };
    return [{ key: `start-${starting}`, kind: 'start', input }];
  },
  effectFinished: (_key, outcome) => ({ kind: 'effect-finished', outcome }),
  receive: () => ({ start: false, command: { kind: 'tick' } }),
  bounce: () => undefined,
};

/** The input of the effect that starts an execution; it must succeed for one that it has started already. */
export interface ScheduledStart {
  readonly due: number;
  readonly scheduleId: string;
  readonly settings: ScheduleSettings;
}

type Turn = Parameters<typeof scheduleMachine.decide>[0];

/** The state that answers are made of. */
export const scheduleStateOf = ({ state }: { readonly state: unknown }): ScheduleState =>
  (state as Holder).state;

function decide(turn: Turn, command: ScheduleCommand): void {
  const { now } = turn;
  switch (command.kind) {
    case 'create': {
      const { scheduleId, settings } = command;
      const next = nextDue(settings, now, now);
      const state = { ...UNBORN, scheduleId, settings, createdAt: now, modifiedAt: now, next };
      turn.append({ type: 'ScheduleCreated', time: now, state });
      return;
    }
    case 'go-on':
      turn.append({ type: 'ScheduleContinued', time: now, state: command.state });
      return;
    case 'change': {
      const { settings } = command;
      // What was due before the change still starts.
      fallDue(turn);
      turn.append({ type: 'ScheduleChanged', time: now, settings, next: nextDue(settings, now, now) });
      return;
    }
    case 'remove':
      turn.append({ type: 'ScheduleRemoved', time: now });
      return;
    case 'tick':
      fallDue(turn);
      return;
    case 'effect-finished':
      finish(turn, command.outcome);
      return;
    default:
      command satisfies never;
  }
}

/** Of all that was missed, as while nothing ran, only the latest counts. */
function fallDue(turn: Turn): void {
  const { now } = turn;
  const { next, starting, settings, modifiedAt } = turn.state.state;
  if (next === null || next > now || starting !== null) return;
  const due = latestTime(readSchedule(settings.cron), modifiedAt, { first: next, until: now });
  turn.append({ type: 'ExecutionDue', time: now, due, next: nextDue(settings, modifiedAt, now) });
}

function finish(turn: Turn, outcome: EffectOutcome): void {
  const { now } = turn;
  const { starting: due } = turn.state.state;
  if (due === null) return;
  turn.append(
    outcome.ok
      ? { type: 'ExecutionStarted', time: now, due, execution: outcome.value }
      : { type: 'ExecutionStartFailed', time: now, due, error: outcome.error, cause: outcome.details },
  );
  if (turn.state.state.firings < FIRINGS_OF_ONE) return;
  turn.succeed({ kind: 'go-on', state: { ...turn.state.state, firings: 0 } });
  turn.append({ type: 'ScheduleContinuesAsNew', time: now });
}

function nextDue({ cron, isEnabled }: ScheduleSettings, anchor: number, after: number): number | null {
  return isEnabled ? (nextTime(readSchedule(cron), anchor, after) ?? null) : null;
}

function evolved(state: ScheduleState, event: ScheduleEvent): ScheduleState {
  switch (event.type) {
    case 'ScheduleCreated':
    case 'ScheduleContinued':
      return event.state;
    case 'ScheduleChanged':
      return { ...state, settings: event.settings, modifiedAt: event.time, next: event.next };
    case 'ExecutionDue':
      return { ...state, starting: event.due, next: event.next };
    case 'ExecutionStarted':
    case 'ExecutionStartFailed':
      return { ...state, starting: null, firings: state.firings + 1 };
    case 'ScheduleRemoved':
      return { ...state, next: null, starting: null, closed: { at: event.time, why: 'removed' } };
    case 'ScheduleContinuesAsNew':
      return { ...state, next: null, starting: null, closed: { at: event.time, why: 'continued' } };
    default:
      return event satisfies never;
  }
}
