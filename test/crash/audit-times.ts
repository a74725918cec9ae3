import { type HistoryEvent, isClosing, milliseconds, number, text } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { Runs } from './read-all.ts';

/** How late a timer may be on a busy machine, once a server is there to fire it. */
const LATEST_MS = 2500;

/** Nothing fires early, and nothing later than its original time or the first moment at which a server was there. */
export function auditTimes(runs: Runs, ledger: Ledger): number {
  let latest = 0;
  for (const { info, events } of runs.values()) {
    for (const event of events) {
      const due = dueTime(event, events);
      if (due === undefined) continue;
      const at = milliseconds(event);
      const what = `run ${info.execution.runId}: ${event.eventType} ${event.eventId}`;
      if (at < due) ledger.violation(`${what} came ${due - at} ms early`);
      const late = at - firstChance(due, ledger);
      if (late > LATEST_MS) ledger.violation(`${what} came ${late} ms late`);
      latest = Math.max(latest, late);
    }
    auditForgotten(info.execution.runId, events, ledger);
  }
  return latest;
}

function dueTime(event: HistoryEvent, events: readonly HistoryEvent[]): number | undefined {
  const after = (id: number, name: string): number | undefined => {
    const base = events[id - 1];
    return base === undefined ? undefined : milliseconds(base) + limitOf(base, name, events);
  };
  const started = number(event, 'startedEventId');
  if (event.eventType === 'TimerFired') return after(started, 'startToFireTimeout');
  if (event.eventType === 'WorkflowExecutionTimedOut') return after(1, 'executionStartToCloseTimeout');
  if (event.eventType === 'DecisionTaskTimedOut') return after(started, 'startToCloseTimeout');
  const isPlain = text(event, 'timeoutType') === 'START_TO_CLOSE';
  if (event.eventType === 'ActivityTaskTimedOut' && isPlain) return after(started, 'startToCloseTimeout');
  return undefined;
}

/** A start has its limits in what scheduled it. */
function limitOf(base: HistoryEvent, name: string, events: readonly HistoryEvent[]): number {
  const scheduled = events[number(base, 'scheduledEventId') - 1];
  return Number(text(base, name) || (scheduled ? text(scheduled, name) : '')) * 1000;
}

/** The first moment from `due` on at which the service was up, and stayed up for long enough. */
function firstChance(due: number, { up, settlingMs }: Ledger): number {
  const next = up.find(({ from, to }) => to > Math.max(due, from) + settlingMs);
  return next === undefined ? due : Math.max(due, next.from);
}

/** Timers that were neither fired nor canceled must have been due after the end. */
function auditForgotten(runId: string, events: readonly HistoryEvent[], ledger: Ledger): void {
  const last = events.at(-1);
  if (last === undefined || !isClosing(last)) return;
  const settled = new Set<number>();
  for (const event of events) {
    if (event.eventType === 'TimerFired' || event.eventType === 'TimerCanceled') {
      const id = number(event, 'startedEventId');
      if (settled.has(id)) ledger.violation(`run ${runId}: timer ${id} ended twice`);
      settled.add(id);
    }
  }
  for (const event of events) {
    if (event.eventType !== 'TimerStarted' || settled.has(event.eventId)) continue;
    const due = milliseconds(event) + Number(text(event, 'startToFireTimeout')) * 1000;
    const missed = milliseconds(last) - firstChance(due, ledger);
    if (missed > LATEST_MS) ledger.violation(`run ${runId}: timer ${event.eventId} never fired`);
  }
}
