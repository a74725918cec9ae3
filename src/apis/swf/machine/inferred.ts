/** Choices for which the service gives no direct evidence: one function each, so that a correction is one edit. */
import type { ActivityTimeoutType } from './attributes/activity-task.ts';
import { closingDecisions, type DecisionType } from './decisions.ts';
import type { EventType } from './events.ts';
import type { Activity, DecisionTask, SwfState } from './state.ts';
import type { ChildPolicy, CloseStatus, Text } from './values.ts';

/** A history that has reached the limit is ended by one more event. */
export function reachesEventLimit(events: number, limit: number): boolean {
  return events >= limit;
}

/** Does this failed decision call for another decision task, and so keep later ones from closing the execution? */
export function needsDecision(failedEvent: EventType): boolean {
  return failedEvent !== 'RecordMarkerFailed';
}

/** Do children feel their parent's close? Continue-as-new counts like any other. */
export function childrenFeelClose(_status: CloseStatus): boolean {
  return true;
}

/** What a child that its parent's policy terminates shows, and passes on to its own children. */
export function policyOfTerminatedChild(child: SwfState): ChildPolicy {
  return child.configuration.childPolicy;
}

/** Nothing is inherited: tags of the next execution are those of the decision. */
export function tagsOfNextExecution(
  given: readonly string[] | undefined,
  _closing: SwfState,
): readonly string[] | undefined {
  return given;
}

/** Which timeouts win when several end at the same time, first one first. */
export const timeoutPrecedence: readonly ActivityTimeoutType[] = [
  'SCHEDULE_TO_START',
  'START_TO_CLOSE',
  'HEARTBEAT',
  'SCHEDULE_TO_CLOSE',
];

/** Of things that fall due together the oldest goes first: so the execution's own end comes before all others. */
export function compareDue(a: { at: number; event: number }, b: { at: number; event: number }): number {
  return a.at - b.at || a.event - b.event;
}

/** A heartbeat without details keeps the earlier ones. */
export function heartbeatDetails(activity: Activity, details: Text): string | null {
  return details ?? activity.details;
}

/** The limit on waiting in an override list runs from when the task can be polled. */
export function startDeadline(task: DecisionTask, pollableAt: number): number | null {
  return task.startWithin === null ? null : pollableAt + task.startWithin;
}

/** Does the time-out of this task end a temporary override? A later task that waits already keeps its list. */
export function endsOverride(state: SwfState, task: DecisionTask): boolean {
  const { override } = state;
  return override !== null && override.scheduleToStartTimeout !== null && override.taskList === task.taskList;
}

/** `startedEventId` of a decision task that timed out before it was started. */
export const neverStarted = 0;

/** Seconds a function may run when the decision does not say. */
export function lambdaTimeout(given: Text): string {
  return given === undefined || given === 'NONE' ? '900' : given;
}

/** Closing decisions have no required member, so their attributes may be missing as a whole. */
export function requiresAttributes(decision: DecisionType): boolean {
  return !closingDecisions.has(decision);
}

/** A decision that access control forbids fails for that cause before any other; functions have no such cause. */
export function canBeDenied(decision: DecisionType): boolean {
  return decision !== 'ScheduleLambdaFunction';
}

/** A decision task that was open when the execution closed is still counted. */
export function openDecisionsAtClose(state: SwfState): number {
  return state.decision === null ? 0 : 1;
}
