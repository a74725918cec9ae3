import assert from 'node:assert/strict';
import { attributesKey, type HistoryEvent } from '../../../../src/apis/swf/machine/events.ts';

/** Links that an event's attributes may hold, and the type of the event that each must point back to. */
const links: Readonly<Record<string, RegExp>> = {
  decisionTaskCompletedEventId: /^DecisionTaskCompleted$/,
  scheduledEventId: /^(DecisionTask|ActivityTask|LambdaFunction)Scheduled$/,
  startedEventId:
    /^(DecisionTaskStarted|ActivityTaskStarted|TimerStarted|LambdaFunctionStarted|ChildWorkflowExecutionStarted)$/,
  initiatedEventId: /Initiated$/,
  latestCancelRequestedEventId: /^ActivityTaskCancelRequested$/,
};

/** Where 0 says that there is no such event. */
const mayBeZero = new Set([
  'ActivityTaskTimedOut.startedEventId',
  'ActivityTaskCanceled.startedEventId',
  'DecisionTaskTimedOut.startedEventId',
  'StartChildWorkflowExecutionFailed.initiatedEventId',
  'SignalExternalWorkflowExecutionFailed.initiatedEventId',
  'RequestCancelExternalWorkflowExecutionFailed.initiatedEventId',
]);

type Attributes = Readonly<Record<string, unknown>>;

function attributesOf(event: HistoryEvent): Attributes {
  return event[attributesKey(event.eventType)] as Attributes;
}

/** What must hold of any history, whatever the deciders and workers did. */
export function checkHistory(events: readonly HistoryEvent[]): void {
  events.forEach((event, index) => {
    assert.equal(event.eventId, index + 1);
    assert.deepEqual(Object.keys(event), [
      'eventTimestamp',
      'eventType',
      'eventId',
      attributesKey(event.eventType),
    ]);
    assert.ok(event.eventTimestamp >= (events[index - 1]?.eventTimestamp ?? 0), 'time never goes backwards');
    checkLinks(events, event);
  });
  checkDecisionTasks(events);
  checkClose(events);
}

function checkLinks(events: readonly HistoryEvent[], event: HistoryEvent): void {
  for (const [member, target] of Object.entries(links)) {
    const id = attributesOf(event)[member];
    if (id === undefined || (id === 0 && mayBeZero.has(`${event.eventType}.${member}`))) continue;
    assert.ok(typeof id === 'number' && id > 0 && id < event.eventId, `${event.eventType}.${member} = ${id}`);
    const linked = events[id - 1];
    assert.match(linked?.eventType ?? '', target);
    if (
      member === 'decisionTaskCompletedEventId' &&
      !event.eventType.endsWith('ExternalWorkflowExecutionFailed')
    ) {
      const isLate = event.eventType === 'StartChildWorkflowExecutionFailed';
      if (!isLate) assert.equal(event.eventTimestamp, linked?.eventTimestamp, 'a batch has one time');
    }
  }
}

/** One decision task is handed out at a time, one more may wait, and none is scheduled twice. */
function checkDecisionTasks(events: readonly HistoryEvent[]): void {
  let started = 0;
  let waiting = 0;
  for (const event of events) {
    const { eventType, eventId } = event;
    if (eventType === 'DecisionTaskScheduled') waiting += 1;
    if (eventType === 'DecisionTaskStarted') {
      waiting -= 1;
      started += 1;
    }
    if (eventType === 'DecisionTaskCompleted') started -= 1;
    if (eventType === 'DecisionTaskTimedOut') {
      if (attributesOf(event).startedEventId === 0) waiting -= 1;
      else started -= 1;
    }
    assert.ok(started >= 0 && started <= 1, `started tasks at ${eventId}`);
    assert.ok(waiting >= 0 && waiting <= 1, `waiting tasks at ${eventId}`);
  }
}

const closing = /^WorkflowExecution(Completed|Failed|Canceled|TimedOut|Terminated|ContinuedAsNew)$/;

function checkClose(events: readonly HistoryEvent[]): void {
  const ends = events.filter(({ eventType }) => closing.test(eventType));
  assert.ok(ends.length <= 1);
  if (ends[0] !== undefined) assert.equal(ends[0], events.at(-1), 'nothing follows the close');
}

const opened: Readonly<Record<string, readonly [RegExp, RegExp]>> = {
  activities: [/^ActivityTaskScheduled$/, /^ActivityTask(Completed|Failed|TimedOut|Canceled)$/],
  timers: [/^TimerStarted$/, /^Timer(Fired|Canceled)$/],
  children: [
    /^StartChildWorkflowExecutionInitiated$/,
    /^ChildWorkflowExecution(Completed|Failed|TimedOut|Canceled|Terminated)$/,
  ],
  lambdas: [
    /^LambdaFunctionScheduled$/,
    /^(LambdaFunction(Completed|Failed|TimedOut)|StartLambdaFunctionFailed)$/,
  ],
};

/** What is open, counted from the history alone. */
export function countOpen(events: readonly HistoryEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, [opens, closes]] of Object.entries(opened)) {
    const count = (type: RegExp): number => events.filter(({ eventType }) => type.test(eventType)).length;
    counts[name] = count(opens) - count(closes);
  }
  const neverStarted = events.filter(
    (event) =>
      event.eventType === 'StartChildWorkflowExecutionFailed' && attributesOf(event).initiatedEventId !== 0,
  );
  counts.children = (counts.children ?? 0) - neverStarted.length;
  return counts;
}
