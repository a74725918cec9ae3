import { execution, type HistoryEvent, isClosing, number, text } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { Run, Runs } from './read-all.ts';

type Wrong = (why: string) => void;

/** What passes between executions arrives once: children and their reports, signals, cancel requests, successors. */
export function auditLinks(runs: Runs, ledger: Ledger): void {
  const begun = beginnings(runs, ledger);
  const arrived = arrivals(runs);
  for (const run of runs.values()) {
    const { runId } = run.info.execution;
    const wrong = (why: string): void => ledger.violation(`run ${runId}: ${why}`);
    for (const event of run.events) {
      auditSuccessor(run, event, { runs, wrong });
      auditChild(run, event, { runs, begun, wrong });
      auditMessage(run, event, { arrived, wrong });
    }
  }
}

/** Roots of children, by parent and event; a second child of one decision is a violation. */
function beginnings(runs: Runs, ledger: Ledger): Map<string, Run> {
  const begun = new Map<string, Run>();
  for (const run of runs.values()) {
    const [first] = run.events;
    if (first === undefined) continue;
    const parent = execution(first, 'parentWorkflowExecution');
    if (parent === undefined || text(first, 'continuedExecutionRunId') !== '') continue;
    const key = `${parent.runId} ${number(first, 'parentInitiatedEventId')}`;
    if (begun.has(key)) ledger.violation(`decision ${key} began two children`);
    begun.set(key, run);
  }
  return begun;
}

/** How often each signal and cancel request from another execution arrived. */
function arrivals(runs: Runs): Map<string, number> {
  const arrived = new Map<string, number>();
  for (const { events } of runs.values()) {
    for (const event of events) {
      const sender = execution(event, 'externalWorkflowExecution');
      const initiated = number(event, 'externalInitiatedEventId');
      if (sender === undefined || initiated === 0) continue;
      const key = `${sender.runId} ${initiated}`;
      arrived.set(key, (arrived.get(key) ?? 0) + 1);
    }
  }
  return arrived;
}

function auditSuccessor(
  { info }: Run,
  event: HistoryEvent,
  { runs, wrong }: { runs: Runs; wrong: Wrong },
): void {
  if (event.eventType === 'WorkflowExecutionContinuedAsNew') {
    const next = runs.get(text(event, 'newExecutionRunId'))?.events[0];
    if (next === undefined || text(next, 'continuedExecutionRunId') !== info.execution.runId) {
      wrong('continues in a run that is not there');
    }
  }
  const before = event.eventId === 1 ? text(event, 'continuedExecutionRunId') : '';
  if (before === '') return;
  const end = runs.get(before)?.events.at(-1);
  if (end === undefined || text(end, 'newExecutionRunId') !== info.execution.runId) {
    wrong('continues a run that does not say so');
  }
}

interface ChildContext {
  readonly runs: Runs;
  readonly begun: ReadonlyMap<string, Run>;
  readonly wrong: Wrong;
}

function auditChild({ info, events }: Run, event: HistoryEvent, { runs, begun, wrong }: ChildContext): void {
  if (event.eventType !== 'StartChildWorkflowExecutionInitiated') return;
  const about = events.filter((other) => number(other, 'initiatedEventId') === event.eventId);
  const started = about.filter(({ eventType }) => eventType === 'ChildWorkflowExecutionStarted');
  const failed = about.filter(({ eventType }) => eventType === 'StartChildWorkflowExecutionFailed');
  const reports = about.length - started.length - failed.length;
  const child = begun.get(`${info.execution.runId} ${event.eventId}`);
  if (started.length + failed.length > 1 || reports > started.length) {
    wrong(`child ${event.eventId} reported ${about.map(({ eventType }) => eventType)}`);
  }
  if (failed.length > 0 && child !== undefined) wrong(`child ${event.eventId} failed to start and runs`);
  const [start] = started;
  const runId = start && execution(start, 'workflowExecution')?.runId;
  if (runId !== child?.info.execution.runId && runId !== undefined)
    wrong(`child ${event.eventId} is not there`);
  const last = child && lastOf(child, runs).events.at(-1);
  const report = about.at(-1);
  if (reports === 1 && (last === undefined || report?.eventType !== `Child${last.eventType}`)) {
    wrong(`child ${event.eventId} ended with ${last?.eventType} and reported ${report?.eventType}`);
  }
}

/** The last run of a chain of successors. */
function lastOf(run: Run, runs: Runs): Run {
  const end = run.events.at(-1);
  const next = end && isClosing(end) ? runs.get(text(end, 'newExecutionRunId')) : undefined;
  return next === undefined ? run : lastOf(next, runs);
}

interface MessageContext {
  readonly arrived: ReadonlyMap<string, number>;
  readonly wrong: Wrong;
}

function auditMessage({ info, events }: Run, event: HistoryEvent, { arrived, wrong }: MessageContext): void {
  if (!/^(SignalExternal|RequestCancelExternal)WorkflowExecutionInitiated$/.test(event.eventType)) return;
  const about = events.filter((other) => number(other, 'initiatedEventId') === event.eventId);
  const delivered = about.filter(({ eventType }) => !eventType.endsWith('Failed')).length;
  const count = arrived.get(`${info.execution.runId} ${event.eventId}`) ?? 0;
  if (about.length > 1) wrong(`message ${event.eventId} was settled ${about.length} times`);
  // A sender that has closed does not hear what became of its message.
  const isRight = about.length === 0 ? count <= 1 : count === delivered;
  if (!isRight) wrong(`message ${event.eventId} arrived ${count} times, the sender says ${delivered}`);
}
