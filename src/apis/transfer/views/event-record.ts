import type { EventRecord } from '../../api.ts';
import type { Event } from '../machine/events.ts';
import { logEntry } from './log-entry.ts';
import { timeText } from './times.ts';

const LONGEST_VALUE = 200;

/** An event as Orrery's own API shows it: its attributes are the vendor's log entry. */
export function eventRecord(text: string, id: number): EventRecord {
  const event = JSON.parse(text) as Event;
  const { type: _type, ...attributes } = logEntry(event) as Readonly<Record<string, unknown>>;
  const summary = Object.entries(event.details)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
  return { id, time: timeText(event.at), type: event.type, summary, attributes };
}

/** Texts of one word stand without quotes. */
function valueText(value: unknown): string {
  const text = typeof value === 'string' && /^[^\s"=\p{C}]+$/u.test(value) ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
}
