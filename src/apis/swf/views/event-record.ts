import type { EventRecord } from '../../api.ts';
import { attributesKey, type HistoryEvent, timeOf } from '../machine/events.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** Attributes that tell a reader what an event is about, the most telling first; the rest is linkage and settings. */
const TELLING = [
  'activityId',
  'timerId',
  'markerName',
  'signalName',
  'id',
  'name',
  'workflowId',
  'workflowExecution',
  'externalWorkflowExecution',
  'activityType',
  'workflowType',
  'newExecutionRunId',
  'cause',
  'timeoutType',
  'reason',
  'message',
  'details',
  'result',
  'startToFireTimeout',
  'identity',
  'taskList',
  'scheduledEventId',
  'initiatedEventId',
  'input',
] as const;

const LONGEST_VALUE = 200;

/** An event as Orrery's own API shows it. */
export function eventRecord(text: string): EventRecord {
  const event = JSON.parse(text) as HistoryEvent;
  const attributes = (event[attributesKey(event.eventType)] ?? {}) as Attributes;
  return {
    id: event.eventId,
    time: new Date(timeOf(event)).toISOString(),
    type: event.eventType,
    summary: summaryOf(attributes),
    attributes,
  };
}

function summaryOf(attributes: Attributes): string {
  return TELLING.filter((name) => attributes[name] !== undefined)
    .map((name) => `${name}=${valueText(attributes[name])}`)
    .join(' ');
}

/** Types as `name/version`, task lists and executions by their name, texts quoted where they are not one word. */
function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const { name, version, workflowId } = value as Record<string, string | undefined>;
    return version === undefined ? quoted(name ?? workflowId ?? '') : quoted(`${name}/${version}`);
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
  return /^[^\s"=\p{C}]+$/u.test(shown) ? shown : JSON.stringify(shown);
}
