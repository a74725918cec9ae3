import type { Activity } from '../../../functions/call-function.ts';
import { type FunctionFailed, functionFailed } from '../../../functions/function-failed.ts';
import { type Decision, type DecisionAttributes, decisionKey } from '../machine/decisions.ts';
import { type TypeLookups, typeKey } from '../machine/types.ts';
import type { HistoryEvent } from '../model/types.gen.ts';

const ENDS = ['ActivityTaskCompleted', 'ActivityTaskFailed', 'ActivityTaskTimedOut', 'ActivityTaskCanceled'];

/** What the execution around an activity decides: to schedule it, and to close when it has ended or is not wanted. */
export function decide(events: readonly HistoryEvent[], activity: Activity, input: string): Decision[] {
  const end = endOf(events);
  if (end?.eventType === 'ActivityTaskCompleted') {
    const { result } = end.activityTaskCompletedEventAttributes ?? {};
    return [decisionOf('CompleteWorkflowExecution', { result })];
  }
  if (end !== undefined) {
    const { reason = end.eventType, details } = end.activityTaskFailedEventAttributes ?? {};
    return [decisionOf('FailWorkflowExecution', { reason, details })];
  }
  if (has(events, 'WorkflowExecutionCancelRequested')) return [decisionOf('CancelWorkflowExecution', {})];
  return has(events, 'ActivityTaskScheduled')
    ? []
    : [decisionOf('ScheduleActivityTask', scheduleOf(activity, input))];
}

/** The activity's type need not be registered: what registration would say is in the configuration. */
export function typesFor({ type: name, version }: Activity): TypeLookups {
  return {
    activity: { [typeKey({ name, version })]: { status: 'REGISTERED' } },
    workflow: {},
    openExecutionsQuota: 0,
  };
}

/** The activity's result, an empty one as empty text; throws what its failure means for the function. */
export function resultOf(events: readonly HistoryEvent[]): string {
  const end = endOf(events);
  if (end?.eventType === 'ActivityTaskCompleted')
    return end.activityTaskCompletedEventAttributes?.result ?? '';
  throw failureOf(end ?? events.at(-1));
}

function failureOf(end: HistoryEvent | undefined): FunctionFailed {
  if (end?.eventType === 'ActivityTaskFailed') {
    const { reason = '', details = '' } = end.activityTaskFailedEventAttributes ?? {};
    return functionFailed('Handled', { errorType: reason, errorMessage: details }, { by: 'function' });
  }
  const errorType = end?.eventType ?? 'Unknown';
  const timeout = end?.activityTaskTimedOutEventAttributes?.timeoutType;
  const errorMessage = `The activity has no result: ${errorType}${timeout === undefined ? '' : ` ${timeout}`}`;
  return functionFailed('Unhandled', { errorType, errorMessage });
}

const has = (events: readonly HistoryEvent[], type: string): boolean =>
  events.some(({ eventType }) => eventType === type);

const endOf = (events: readonly HistoryEvent[]): HistoryEvent | undefined =>
  events.find(({ eventType }) => ENDS.includes(eventType));

function decisionOf<T extends keyof DecisionAttributes>(
  decisionType: T,
  attributes: DecisionAttributes[T],
): Decision {
  return { decisionType, [decisionKey(decisionType)]: attributes };
}

function scheduleOf(activity: Activity, input: string): DecisionAttributes['ScheduleActivityTask'] {
  return {
    activityType: { name: activity.type, version: activity.version },
    activityId: 'function',
    input,
    taskList: { name: activity.taskList },
    scheduleToStartTimeout: durationOf(activity.scheduleToStartTimeout),
    scheduleToCloseTimeout: durationOf(activity.scheduleToCloseTimeout),
    startToCloseTimeout: durationOf(activity.startToCloseTimeout),
    heartbeatTimeout: durationOf(activity.heartbeatTimeout),
  };
}

const durationOf = (seconds: number | undefined): string =>
  seconds === undefined ? 'NONE' : String(seconds);
