import { type HistoryEvent, isClosing, milliseconds, number, text } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { Run, Runs } from './read-all.ts';

/** A timer that was due so much earlier than another must not fire after it, however busy the machine is. */
const OVERTAKEN_MS = 1000;

interface Fired {
  readonly what: string;
  readonly due: number;
  /** When it could fire at the earliest, with the times at which there was no server. */
  readonly chance: number;
  readonly at: number;
}

/**
 * Nothing fires early, nor so late that what was due later has fired before. Gives how late the latest was, in
 * milliseconds from the first moment at which a server was there.
 */
export function auditTimes(runs: Runs, ledger: Ledger): number {
  const fired = [...runs.values()].flatMap((run) => firedIn(run, ledger)).sort((a, b) => a.at - b.at);
  const latestDueBefore = latestDue(fired);
  let latest = 0;
  for (const { what, due, chance, at } of fired) {
    if (at < due) ledger.violation(`${what} came ${due - at} ms early`);
    const overtaker = latestDueBefore(at) - chance;
    if (overtaker > OVERTAKEN_MS) ledger.violation(`${what} came after one due ${overtaker} ms later`);
    latest = Math.max(latest, at - chance);
  }
  for (const { info, events } of runs.values()) {
    auditForgotten(info.execution.runId, events, { ledger, latestDueBefore });
  }
  return latest;
}

function firedIn({ info, events }: Run, ledger: Ledger): Fired[] {
  return events.flatMap((event) => {
    const due = dueTime(event, events);
    if (due === undefined) return [];
    const what = `run ${info.execution.runId}: ${event.eventType} ${event.eventId}`;
    return [{ what, due, chance: firstChance(due, ledger), at: milliseconds(event) }];
  });
}

/** Of what fired before a time, the latest due time. `fired` is in the order of firing. */
function latestDue(fired: readonly Fired[]): (time: number) => number {
  return (time) => {
    let latest = Number.NEGATIVE_INFINITY;
    for (const { at, due } of fired) {
      if (at >= time) break;
      latest = Math.max(latest, due);
    }
    return latest;
  };
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

interface Timing {
  readonly ledger: Ledger;
  readonly latestDueBefore: (time: number) => number;
}

/** Timers that were neither fired nor canceled must have been due after the end. */
function auditForgotten(
  runId: string,
  events: readonly HistoryEvent[],
  { ledger, latestDueBefore }: Timing,
): void {
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
    const missed = latestDueBefore(milliseconds(last)) - firstChance(due, ledger);
    if (missed > OVERTAKEN_MS) ledger.violation(`run ${runId}: timer ${event.eventId} never fired`);
  }
}
