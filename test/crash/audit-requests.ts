import { attributesOf, type HistoryEvent, milliseconds, number, text } from './events.ts';
import { type Entry, type Ledger, promise } from './ledger.ts';
import type { Decision } from './plan.ts';
import type { Run, Runs } from './read-all.ts';

/** Where each request leaves its unique text. */
const TRACES: Readonly<Record<string, readonly [eventType: string, attribute: string]>> = {
  StartWorkflowExecution: ['WorkflowExecutionStarted', 'input'],
  SignalWorkflowExecution: ['WorkflowExecutionSignaled', 'input'],
  TerminateWorkflowExecution: ['WorkflowExecutionTerminated', 'details'],
  RespondDecisionTaskCompleted: ['DecisionTaskCompleted', 'executionContext'],
  RespondActivityTaskCompleted: ['ActivityTaskCompleted', 'result'],
  RespondActivityTaskFailed: ['ActivityTaskFailed', 'details'],
  RespondActivityTaskCanceled: ['ActivityTaskCanceled', 'details'],
};

interface Trace {
  readonly run: Run;
  readonly event: HistoryEvent;
}

/** Every acknowledged request is in the histories once, every refused one never; gives how many were compared. */
export function auditRequests(runs: Runs, ledger: Ledger): number {
  const traces = collectTraces(runs);
  let compared = 0;
  for (const entry of ledger.entries) {
    const [eventType] = TRACES[entry.operation] ?? [];
    if (eventType === undefined) continue;
    const key = `${eventType} ${entry.nonce}`;
    const found = traces.get(key) ?? [];
    traces.delete(key);
    compared++;
    const wrong = (why: string): void =>
      ledger.violation(`${entry.operation} ${entry.nonce} (${entry.outcomes}): ${why}`);
    const promised = promise(entry);
    if (found.length > 1) wrong(`is there ${found.length} times`);
    if (promised === 'happened' && found.length === 0) wrong('is lost');
    if (promised === 'did not happen' && found.length > 0) wrong('happened');
    for (const trace of found) auditTrace(entry, trace, wrong);
    if (promised !== 'happened') auditRefusal(entry, runs, wrong);
  }
  for (const [key, [trace]] of traces) {
    if (trace !== undefined && isForeign(trace.event)) ledger.violation(`nobody asked for ${key}`);
  }
  return compared;
}

function collectTraces(runs: Runs): Map<string, Trace[]> {
  const attributes = new Map(Object.values(TRACES));
  const traces = new Map<string, Trace[]>();
  for (const run of runs.values()) {
    for (const event of run.events) {
      const attribute = attributes.get(event.eventType);
      if (attribute === undefined) continue;
      const key = `${event.eventType} ${text(event, attribute)}`;
      const known = traces.get(key);
      if (known === undefined) traces.set(key, [{ run, event }]);
      else known.push({ run, event });
    }
  }
  return traces;
}

/** Whether such an event can only come from a client's request. */
function isForeign(event: HistoryEvent): boolean {
  const { parentInitiatedEventId, continuedExecutionRunId, externalInitiatedEventId, cause } =
    attributesOf(event);
  if (event.eventType === 'WorkflowExecutionStarted') {
    return parentInitiatedEventId === 0 && continuedExecutionRunId === undefined;
  }
  if (event.eventType === 'WorkflowExecutionSignaled') return externalInitiatedEventId === 0;
  if (event.eventType === 'WorkflowExecutionTerminated') return cause === 'OPERATOR_INITIATED';
  // An activity that was never started is canceled by the service.
  if (event.eventType === 'ActivityTaskCanceled') return number(event, 'startedEventId') !== 0;
  return true;
}

type Wrong = (why: string) => void;

function auditTrace(entry: Entry, { run, event }: Trace, wrong: Wrong): void {
  const { execution } = run.info;
  if (entry.run !== undefined && entry.run.runId !== execution.runId) wrong(`is in run ${execution.runId}`);
  const startedEventId = entry.task?.startedEventId;
  if (startedEventId !== undefined && number(event, 'startedEventId') !== startedEventId) {
    wrong(`answers the task started at ${number(event, 'startedEventId')}`);
  }
  const answered = (entry.answer as { runId?: string } | undefined)?.runId;
  if (promise(entry) === 'happened' && answered !== undefined && answered !== execution.runId) {
    wrong(`was answered with ${answered} and is ${execution.runId}`);
  }
  if (entry.operation === 'RespondDecisionTaskCompleted') {
    auditDecisions(entry.input.decisions as readonly Decision[], { run, event }, wrong);
  }
}

/** One event per decision, in order, right behind the completed task. */
function auditDecisions(decisions: readonly Decision[], { run, event }: Trace, wrong: Wrong): void {
  for (const [index, { decisionType }] of decisions.entries()) {
    const made = run.events[event.eventId + index];
    const isOfTask = made !== undefined && number(made, 'decisionTaskCompletedEventId') === event.eventId;
    if (!isOfTask || !MADE[decisionType]?.includes(made.eventType)) {
      wrong(`decision ${index + 1}, ${decisionType}, became ${made?.eventType}`);
    }
  }
}

const MADE: Readonly<Record<string, readonly string[]>> = {
  ScheduleActivityTask: ['ActivityTaskScheduled'],
  RequestCancelActivityTask: ['ActivityTaskCancelRequested', 'RequestCancelActivityTaskFailed'],
  StartTimer: ['TimerStarted'],
  CancelTimer: ['TimerCanceled', 'CancelTimerFailed'],
  RecordMarker: ['MarkerRecorded'],
  StartChildWorkflowExecution: ['StartChildWorkflowExecutionInitiated'],
  SignalExternalWorkflowExecution: ['SignalExternalWorkflowExecutionInitiated'],
  RequestCancelExternalWorkflowExecution: ['RequestCancelExternalWorkflowExecutionInitiated'],
  CompleteWorkflowExecution: ['WorkflowExecutionCompleted', 'CompleteWorkflowExecutionFailed'],
  FailWorkflowExecution: ['WorkflowExecutionFailed', 'FailWorkflowExecutionFailed'],
  CancelWorkflowExecution: ['WorkflowExecutionCanceled', 'CancelWorkflowExecutionFailed'],
  ContinueAsNewWorkflowExecution: ['WorkflowExecutionContinuedAsNew', 'ContinueAsNewWorkflowExecutionFailed'],
};

const TASK_ENDS = ['Completed', 'Failed', 'Canceled', 'TimedOut'];

/** A run or a token is refused only when it is over, and then in the vendor's words. */
function auditRefusal(entry: Entry, runs: Runs, wrong: Wrong): void {
  const { run, task, answer, answeredAt = 0, outcomes } = entry;
  if (run === undefined || outcomes.at(-1) !== 'refused') return;
  const { message = '' } = answer as { message?: string };
  const events = runs.get(run.runId)?.events ?? [];
  const last = events.at(-1);
  if (message === `Unknown execution: WorkflowExecution=[workflowId=${run.workflowId}, runId=${run.runId}]`) {
    if (last === undefined || milliseconds(last) > answeredAt) wrong('was refused though its run was open');
  } else if (task === undefined) wrong(`was refused with: ${message}`);
  else auditTaskRefusal(entry, { events, startedEventId: task.startedEventId, message }, wrong);
}

interface TaskRefusal {
  readonly events: readonly HistoryEvent[];
  readonly startedEventId: number;
  readonly message: string;
}

function auditTaskRefusal({ operation }: Entry, refusal: TaskRefusal, wrong: Wrong): void {
  const { events, startedEventId, message } = refusal;
  const isDecision = operation === 'RespondDecisionTaskCompleted';
  const kind = isDecision ? 'DecisionTask' : 'ActivityTask';
  const started = events[startedEventId - 1];
  const scheduled = started === undefined ? 0 : number(started, 'scheduledEventId');
  const expected = `Unknown ${isDecision ? 'decision task' : 'activity'}, scheduledEventId = ${scheduled}`;
  if (message !== expected) wrong(`was refused with: ${message}`);
  const isOver = events.some(
    (event) =>
      TASK_ENDS.some((end) => event.eventType === kind + end) &&
      number(event, 'startedEventId') === startedEventId,
  );
  if (!isOver) wrong('was refused though its task is open');
}
