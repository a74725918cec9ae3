import type { Random } from '../random.ts';
import type { CrashFlow, Values } from './flows.ts';

/** What the clients of one round know: what they asked for and what they were told. */
export interface FlowLedger {
  readonly random: Random;
  readonly starts: Map<string, Start>;
  /** By the token they were made with. */
  readonly reports: Map<string, Report[]>;
  /** Events that an answer has shown, by execution and number. */
  readonly seen: Map<string, Map<number, string>>;
  readonly schedules: Schedule[];
  readonly violations: string[];
  starting: number;
}

export interface Start {
  readonly flow: CrashFlow;
  readonly name: string;
  readonly input: Values;
  readonly inputText: string;
  isAcknowledged: boolean;
  /** How often it was sent. */
  sent: number;
}

export interface Report {
  readonly answer: string;
  /** Id of the event that says so; undefined for one that was not acknowledged. */
  event: number | undefined;
}

export interface Schedule {
  readonly name: string;
  /** Second of each minute. */
  readonly second: number;
  /** When it was acknowledged, in epoch milliseconds. */
  readonly createdAt: number;
}

/** An event as GetExecutionHistory shows it. */
export interface FlowEvent {
  readonly EventId: number;
  readonly ScheduleEventId: number;
  readonly Type: string;
  readonly StepName: string;
  readonly EventDetail: string;
  readonly Time: string;
}

export function newLedger(random: Random): FlowLedger {
  return {
    random,
    starts: new Map(),
    reports: new Map(),
    seen: new Map(),
    schedules: [],
    violations: [],
    starting: 0,
  };
}

/** Notes events that an answer showed; they may never change afterwards. */
export function noteSeen(ledger: FlowLedger, execution: string, events: readonly FlowEvent[]): void {
  const known = ledger.seen.get(execution) ?? new Map<number, string>();
  ledger.seen.set(execution, known);
  for (const event of events) {
    const now = JSON.stringify(event);
    const before = known.get(event.EventId) ?? now;
    if (before !== now) ledger.violations.push(`${execution}: ${before} has become ${now}`);
    known.set(event.EventId, now);
  }
}
