import type { Turn } from '../../../../kernel/machine.ts';
import type { Json, JsonObject } from '../../language/json.ts';
import type { ListNumber, Plan, RetryRule, StepNumber } from '../../language/plan.ts';
import type { Command, FlowOfExecution } from '../commands.ts';
import type { TaskEffect } from '../effects.ts';
import type { EventType } from '../events.ts';
import { ExecutionFailure, type Failure } from '../failure.ts';
import { eventLimitFailure } from '../inferred.ts';
import type { MachineEvent } from '../notes.ts';
import type { OwnParts, TypedEvent } from '../own.ts';
import type { Scope, State } from '../state.ts';

export type CloudflowTurn = Turn<State, MachineEvent, Command>;

/** What the installation gives the machine; both functions are pure. */
export interface Installation {
  /** MAC of the text of a task token, under the installation's key. */
  readonly tokenMac: (text: string) => string;
  /** Kernel scope of the executions of another flow, given the scope of this one's. */
  readonly scopeOfFlow: (scope: string, flowName: string) => string;
}

/** One command being applied to an execution that runs. */
export interface Run {
  readonly turn: CloudflowTurn;
  readonly state: State;
  readonly flow: FlowOfExecution;
  readonly plan: Plan;
  readonly dialect: Dialect;
  readonly installation: Installation;
  /** From 0 to below 1; repeats itself when the turn is repeated. */
  readonly random: () => number;
}

/**
 * What differs between the two flow languages; all else (scopes, nests, attempts, failures, time) is common.
 * Whatever evaluates expressions may throw a failure of the step at hand.
 */
export interface Dialect {
  /** Where a list begins; null when it has no steps. */
  first(run: Run, list: ListNumber): StepNumber | null;
  /** Input of the flow's own steps, where that is not the execution's. */
  scopeInput(run: Run, given: Json): Json | undefined;
  /** Enters the step that the scope has come to and goes on with it as far as it goes. */
  enter(run: Run, scope: number): void;
  /** What a map's children shall work on has been read. */
  takeItems(run: Run, step: number, items: readonly Json[]): void;
  /** What the answer of a call means to the flow. */
  callResult(kind: TaskEffect['kind'], value: Json): Json;
  /** Why a task cannot have this result. Throws where the whole execution fails because of it. */
  refusesResult(run: Run, value: Json): Failure | undefined;
  /** Begins a task's or container's next attempt. */
  resume(run: Run, step: number): void;
  /** What a wait comes to. */
  waitResult(run: Run, step: number): Json;
  /** The step has done its work with this result: writes its output and leaves it. */
  succeed(run: Run, step: number, result: Json): void;
  /** Leaves the step by its first catch rule that fits; false when none does. */
  leaveByCatch(run: Run, step: number, failure: Failure): boolean;
  retryRules(run: Run, step: number): readonly RetryRule[];
  /** Lists of a parallel's branches, or the one of a loop over items. */
  lists(run: Run, step: number): readonly ListNumber[];
  /** What a branch or iteration begins with. */
  childInput(run: Run, step: number, place: number): Json;
  /** What branches, iterations or children have come to. */
  nestResult(run: Run, step: number): Json;
  /** What the event shows by which a branch or iteration ends. */
  exitDetail(scope: Scope): JsonObject;
  /** The result of the whole flow. */
  output(run: Run, scope: Scope): Json;
}

interface Entry<T extends EventType> {
  readonly step: string;
  readonly cause: number;
  readonly detail: JsonObject;
  readonly own: OwnParts[T];
}

/** Adds an event to the history; the last one that the limit permits is kept for the end of the execution. */
export function record<T extends EventType>(
  run: Run,
  type: T,
  { step, cause, detail, own }: Entry<T>,
): number {
  if (!hasRoom(run)) throw new ExecutionFailure(eventLimitFailure(run.state.limits.events));
  const { turn } = run;
  // Written out: this is done for each event, and a spread costs more than all else here.
  return append(turn, { type, time: turn.now, step, cause, detail, own });
}

/** May the history have one more event before its last? */
export function hasRoom({ turn, state }: Run): boolean {
  const { events } = state.limits;
  return events === 0 || turn.nextEventId < events;
}

export function append<T extends EventType>(turn: CloudflowTurn, event: TypedEvent<T>): number {
  // Own parts are plain JSON, though their types name no index.
  return turn.append(event as unknown as MachineEvent);
}
