import type { EventRecord } from '../../api.ts';
import type { Json } from '../language/json.ts';
import type { StoredEvent } from '../machine/events.ts';

const LONGEST_VALUE = 200;

/** An event as Orrery's own API shows it. */
export function eventRecord(text: string, id: number): EventRecord {
  const { type, time, step, cause, detail } = JSON.parse(text) as StoredEvent;
  const attributes = { ...(step !== '' && { step }), ...detail };
  const summary = Object.entries(attributes)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
  return {
    id,
    time: new Date(time).toISOString(),
    type,
    summary,
    attributes: { ...attributes, scheduleEventId: cause },
  };
}

/** Texts of one word stand without quotes. */
function valueText(value: Json): string {
  const text = typeof value === 'string' && /^[^\s"=\p{C}]+$/u.test(value) ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
}
