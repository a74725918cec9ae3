import type { Json, JsonObject } from '../language/json.ts';
import type { MachineEvent } from './notes.ts';

/**
 * What `JSON.stringify` would write. A step's events and the next one's show the same values over and over, so the last
 * name and the last value are remembered with their texts; what an event shows is never changed afterwards.
 */
export function eventText(event: MachineEvent): string {
  if ('note' in event) return JSON.stringify(event);
  const { type, time, step, cause, detail, own } = event;
  const ownText = own === undefined ? '' : `,"own":${JSON.stringify(own)}`;
  // Within a template, thousands of different numbers would crowd out each other's texts in the engine's cache.
  const causeText = JSON.stringify(cause);
  return `{"type":"${type}","time":${time},"step":${nameText(step)},"cause":${causeText},"detail":${detailText(detail)}${ownText}}`;
}

let lastName = '';
let lastNameText = '""';

function nameText(name: string): string {
  if (name === lastName) return lastNameText;
  lastNameText = JSON.stringify(name);
  lastName = name;
  return lastNameText;
}

function detailText(detail: JsonObject): string {
  let text = '';
  for (const key in detail) {
    const value = detail[key];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}"${key}":${valueText(value)}`;
  }
  return `{${text}}`;
}

let lastValue: Json = null;
let lastValueText = 'null';

function valueText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value === lastValue) return lastValueText;
  lastValueText = JSON.stringify(value);
  lastValue = value;
  return lastValueText;
}
