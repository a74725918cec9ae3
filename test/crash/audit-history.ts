import { type HistoryEvent, isClosing, milliseconds, number } from './events.ts';
import type { Ledger } from './ledger.ts';
import { openWork } from './open-work.ts';
import type { Run, Runs } from './read-all.ts';

/** Every history is whole in itself, is what clients saw of it, and agrees with lists and descriptions. */
export function auditHistories(runs: Runs, ledger: Ledger): void {
  for (const run of runs.values()) {
    const { runId } = run.info.execution;
    const wrong = (why: string): void => ledger.violation(`run ${runId}: ${why}`);
    auditOrder(run.events, wrong);
    auditDecisionTasks(run.events, wrong);
    auditVisibility(run, wrong);
    ledger.saw(run.info.execution, run.events);
  }
  for (const [runId, last] of ledger.seen()) {
    const length = runs.get(runId)?.events.length ?? 0;
    if (last > length) ledger.violation(`run ${runId}: event ${last} was seen, now there are ${length}`);
  }
  for (const { runId, workflowId } of ledger.runs) {
    if (!runs.has(runId)) ledger.violation(`run ${runId} of ${workflowId} is gone`);
  }
  for (const { runId, closeStatus } of ledger.closedSeen) {
    const now = runs.get(runId)?.info.closeStatus;
    if (now !== closeStatus) ledger.violation(`run ${runId} was listed as ${closeStatus}, now as ${now}`);
  }
}

type Wrong = (why: string) => void;

function auditOrder(events: readonly HistoryEvent[], wrong: Wrong): void {
  if (events[0]?.eventType !== 'WorkflowExecutionStarted') wrong(`begins with ${events[0]?.eventType}`);
  let before = 0;
  for (const [index, event] of events.entries()) {
    if (event.eventId !== index + 1) wrong(`event ${event.eventId} at place ${index + 1}`);
    if (milliseconds(event) < before) wrong(`event ${event.eventId} is older than the one before`);
    before = milliseconds(event);
    if (isClosing(event) !== (index === events.length - 1)) wrong(`${event.eventType} at place ${index + 1}`);
  }
}

/** At most one decision task at a time, each started once and ended once. */
function auditDecisionTasks(events: readonly HistoryEvent[], wrong: Wrong): void {
  const scheduled: number[] = [];
  let started: HistoryEvent | undefined;
  for (const event of events) {
    if (event.eventType === 'DecisionTaskScheduled') scheduled.push(event.eventId);
    if (event.eventType === 'DecisionTaskStarted') {
      if (started !== undefined) wrong(`decision task ${event.eventId} beside ${started.eventId}`);
      started = event;
      if (scheduled[0] !== number(event, 'scheduledEventId')) wrong(`start ${event.eventId} out of turn`);
    }
    if (event.eventType !== 'DecisionTaskCompleted' && event.eventType !== 'DecisionTaskTimedOut') continue;
    const isEnd = started !== undefined && number(event, 'startedEventId') === started.eventId;
    if (!isEnd || scheduled.shift() !== number(event, 'scheduledEventId')) {
      wrong(`${event.eventType} ${event.eventId} ends nothing`);
    }
    started = undefined;
  }
  if (scheduled.length > 2) wrong(`decision tasks scheduled and never ended: ${scheduled}`);
}

function auditVisibility({ info, detail, events }: Run, wrong: Wrong): void {
  const last = events.at(-1);
  if (last === undefined) {
    wrong('has no events');
    return;
  }
  const open = openWork(events, wrong);
  const same = (what: string, found: unknown, expected: unknown): void => {
    if (found !== expected) wrong(`${what} is ${found}, by its history ${expected}`);
  };
  same('the list', JSON.stringify(info), JSON.stringify(detail.executionInfo));
  same('status', info.executionStatus, isClosing(last) ? 'CLOSED' : 'OPEN');
  same('close status', info.closeStatus, isClosing(last) ? closeStatus(last) : undefined);
  same('start', info.startTimestamp, events[0]?.eventTimestamp);
  same('end', info.closeTimestamp, isClosing(last) ? last.eventTimestamp : undefined);
  same('openActivityTasks', detail.openCounts.openActivityTasks, open.activities.size);
  same('openTimers', detail.openCounts.openTimers, open.timers.size);
  same('openChildren', detail.openCounts.openChildWorkflowExecutions, open.children.size);
}

/** `WorkflowExecutionTimedOut` is `TIMED_OUT`. */
function closeStatus({ eventType }: HistoryEvent): string {
  return eventType
    .slice('WorkflowExecution'.length)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();
}
