import { Rejection } from '../../../../kernel/errors.ts';
import type { Turn } from '../../../../kernel/machine.ts';
import type { SwfCommand } from '../commands.ts';
import {
  attributesKey,
  type EventAttributes,
  type EventType,
  type HistoryEvent,
  type SwfEvent,
} from '../events.ts';
import type { Body } from '../messages.ts';
import type { SwfState } from '../state.ts';
import { defaultLimits, type Limits } from '../values.ts';

export type SwfTurn = Turn<SwfState, SwfEvent, SwfCommand>;

/** Adds an event to the history at the time of the turn; gives its id. */
export function record<T extends EventType>(
  turn: SwfTurn,
  eventType: T,
  attributes: EventAttributes[T],
): number {
  const head = { eventTimestamp: turn.now / 1000, eventType, eventId: turn.nextEventId };
  const event: Writable<HistoryEvent> = head;
  // A computed name in the literal itself would cost three times as much.
  event[attributesKey(eventType)] = attributes;
  return turn.append(event);
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Records an event that the decider must hear of. */
export function recordNews<T extends EventType>(
  turn: SwfTurn,
  eventType: T,
  attributes: EventAttributes[T],
): void {
  record(turn, eventType, attributes);
  requestDecision(turn);
}

/**
 * Schedules a decision task unless one waits already. While one is started the new one is recorded at once, but not
 * handed out before the started one closes.
 */
export function requestDecision(turn: SwfTurn): void {
  const { state } = turn;
  if (state.decision !== null && (state.decision.startedEventId === 0 || state.nextDecision !== null)) return;
  const { configuration, override } = state;
  record(turn, 'DecisionTaskScheduled', {
    taskList: override === null ? configuration.taskList : { name: override.taskList },
    taskPriority: configuration.taskPriority,
    startToCloseTimeout: configuration.taskStartToCloseTimeout,
    scheduleToStartTimeout: override?.scheduleToStartTimeout ?? 'NONE',
  });
}

/** Tells an execution of the same domain; without `runId` the open one of that workflow id. */
export function tell(
  turn: SwfTurn,
  to: { workflowId: string; runId?: string | undefined },
  body: Body,
): void {
  const { api, scope } = turn.identity;
  // The wire allows an empty run id, which means the same as none.
  const id = to.runId ? { id: to.runId } : undefined;
  turn.send({ to: { api, scope, name: to.workflowId, ...id }, body });
}

export function limitsOf(state: SwfState): Limits {
  return state.limits ?? defaultLimits;
}

export function unknownExecution({ identity }: SwfTurn): Rejection {
  const execution = `WorkflowExecution=[workflowId=${identity.name}, runId=${identity.id}]`;
  return new Rejection('unknown-execution', `Unknown execution: ${execution}`);
}
