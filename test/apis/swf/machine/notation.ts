import { attributesKey, type HistoryEvent } from '../../../../src/apis/swf/machine/events.ts';

/** Short names of events; all others keep theirs. */
const names: Readonly<Record<string, string>> = {
  WorkflowExecutionStarted: 'WES',
  DecisionTaskScheduled: 'DTS',
  DecisionTaskStarted: 'DTSt',
  DecisionTaskCompleted: 'DTC',
  DecisionTaskTimedOut: 'DTTO',
  ActivityTaskScheduled: 'ATS',
  ActivityTaskStarted: 'ATSt',
  ActivityTaskCompleted: 'ATC',
  ActivityTaskFailed: 'ATF',
  ActivityTaskTimedOut: 'ATTO',
  ActivityTaskCanceled: 'ATCa',
  ActivityTaskCancelRequested: 'ATCR',
  WorkflowExecutionSignaled: 'Signaled',
  WorkflowExecutionCancelRequested: 'CancelRequested',
  StartChildWorkflowExecutionInitiated: 'ChildInitiated',
  StartChildWorkflowExecutionFailed: 'StartChildFailed',
  ChildWorkflowExecutionStarted: 'ChildStarted',
  ChildWorkflowExecutionCompleted: 'ChildCompleted',
  ChildWorkflowExecutionFailed: 'ChildFailed',
  ChildWorkflowExecutionTimedOut: 'ChildTimedOut',
  ChildWorkflowExecutionCanceled: 'ChildCanceled',
  ChildWorkflowExecutionTerminated: 'ChildTerminated',
  SignalExternalWorkflowExecutionInitiated: 'SignalExternalInitiated',
  SignalExternalWorkflowExecutionFailed: 'SignalExternalFailed',
  ExternalWorkflowExecutionSignaled: 'ExternalSignaled',
  RequestCancelExternalWorkflowExecutionInitiated: 'CancelExternalInitiated',
  RequestCancelExternalWorkflowExecutionFailed: 'CancelExternalFailed',
  ExternalWorkflowExecutionCancelRequested: 'ExternalCancelRequested',
};

type Shown = readonly [member: string, show: (value: unknown) => string];

const text = (value: unknown): string => String(value);
const prefixed =
  (prefix: string) =>
  (value: unknown): string =>
    `${prefix}${value}`;
const execution =
  (prefix: string) =>
  (value: unknown): string => {
    const { workflowId, runId } = value as { workflowId: string; runId: string };
    return `${prefix}${workflowId}/${runId}`;
  };

/** What is shown of the attributes, in this order: every link, cause and payload. */
const members: readonly Shown[] = [
  ['timerId', text],
  ['startToFireTimeout', text],
  ['markerName', text],
  ['signalName', text],
  ['id', text],
  ['workflowId', text],
  ['scheduledEventId', prefixed('s')],
  ['initiatedEventId', prefixed('i')],
  ['startedEventId', prefixed('st')],
  ['decisionTaskCompletedEventId', prefixed('d')],
  ['latestCancelRequestedEventId', prefixed('latest')],
  ['externalInitiatedEventId', prefixed('ext')],
  ['externalWorkflowExecution', execution('from ')],
  ['workflowExecution', execution('')],
  ['parentWorkflowExecution', execution('parent ')],
  ['continuedExecutionRunId', prefixed('after ')],
  ['newExecutionRunId', prefixed('then ')],
  ['cause', text],
  ['timeoutType', text],
  ['reason', prefixed('reason=')],
  ['result', prefixed('result=')],
  ['details', prefixed('details=')],
  ['control', prefixed('control=')],
  ['message', text],
];

/** One event as in the reference's tables, for example `7 ATC(s5,st6)`. */
function line(event: HistoryEvent): string {
  const attributes = event[attributesKey(event.eventType)] as Readonly<Record<string, unknown>>;
  const shown = members
    .filter(([member]) => attributes[member] !== undefined)
    .map(([member, show]) => show(attributes[member]));
  const parent = attributes.parentInitiatedEventId;
  if (parent) shown.unshift(`i${parent}`);
  const links = shown.length === 0 ? '' : `(${shown.join(',')})`;
  return `${event.eventId} ${names[event.eventType] ?? event.eventType}${links}`;
}

export function lines(events: readonly HistoryEvent[], from = 1): string {
  return events
    .slice(from - 1)
    .map(line)
    .join(' ');
}
