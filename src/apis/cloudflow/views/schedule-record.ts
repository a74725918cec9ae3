import { durationText } from '../../../lib/duration.ts';
import type { EventRecord, ExecutionDetails, ExecutionSnapshot } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { type ScheduleEvent, scheduleStateOf } from '../schedules/machine.ts';
import type { ScheduleState } from '../schedules/state.ts';
import { timeText } from './times.ts';

/** What Orrery's own API tells of a schedule. */
export async function describeSchedule(
  { clock }: Cloudflow,
  snapshot: ExecutionSnapshot,
): Promise<ExecutionDetails> {
  const state = scheduleStateOf(snapshot);
  return {
    run: snapshot.identity.id,
    input: state.settings.payload === '' ? null : state.settings.payload,
    output: null,
    error: null,
    progress: { done: state.firings, total: null, unit: 'starts' },
    open: {
      decisions: 0,
      activities: state.starting === null ? 0 : 1,
      timers: state.next === null ? 0 : 1,
      children: 0,
    },
    waitingFor: waitingFor(state, clock.now()),
    parent: null,
    children: [],
  };
}

function waitingFor(
  { next, closed, starting, settings }: ScheduleState,
  now: number,
): ExecutionDetails['waitingFor'] {
  if (closed !== null) return [];
  if (starting !== null) {
    const text = `the execution that was due at ${timeText(starting)} is being started`;
    return [{ text, kind: 'child', name: settings.name, since: timeText(starting), due: null }];
  }
  if (next === null) {
    const text = settings.isEnabled ? 'nothing: it is never due again' : 'nothing: the schedule is disabled';
    return [{ text, kind: 'message', name: null, since: null, due: null }];
  }
  const due = timeText(next);
  const text = `starts an execution at ${due}, in ${durationText(Math.max(0, next - now))}`;
  return [{ text, kind: 'timer', name: settings.cron, since: null, due }];
}

/** An event of a schedule's history. */
export function scheduleEventRecord(text: string, id: number): EventRecord {
  const { type, time, ...attributes } = JSON.parse(text) as ScheduleEvent;
  return { id, time: timeText(time), type, summary: summaryOf(attributes as Telling), attributes };
}

/** Attributes that tell a reader what an event is about. */
interface Telling {
  readonly due?: number;
  readonly execution?: unknown;
  readonly error?: string;
}

function summaryOf({ due, execution, error }: Telling): string {
  return [
    due === undefined ? '' : `due=${timeText(due)}`,
    execution === undefined ? '' : `execution=${String(execution)}`,
    error === undefined ? '' : `error=${error}`,
  ]
    .filter(Boolean)
    .join(' ');
}
