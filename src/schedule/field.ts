import { ScheduleError } from './schedule-error.ts';

/** What one field of a cron expression may hold. */
export interface FieldRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for `min`, `min + 1` and so on. */
  readonly words?: readonly string[];
  /** Of `,`, `-`, `*`, `?` and `/`, those that are allowed. */
  readonly signs: string;
}

export interface Field {
  /** Ascending. */
  readonly values: readonly number[];
  /** Written with `*` or `?`, so that it names no particular values. */
  readonly isOpen: boolean;
}

const ITEM = /^(?:(?<open>[*?])|(?<from>[0-9A-Z]+)(?:-(?<to>[0-9A-Z]+))?)(?:\/(?<step>\d{1,4}))?$/;

/** Throws `ScheduleError`, which names the field. */
export function readField(text: string, rule: FieldRule): Field {
  for (const sign of text.match(/[^0-9A-Za-z]/g) ?? []) {
    if (!rule.signs.includes(sign)) throw new ScheduleError(`${rule.name} may not contain "${sign}"`);
  }
  const items = text.toUpperCase().split(',');
  const values = new Set(items.flatMap((item) => valuesOf(item, rule)));
  return { values: [...values].sort((a, b) => a - b), isOpen: /[*?]/.test(text) };
}

function valuesOf(item: string, rule: FieldRule): number[] {
  const { open, from, to, step } = ITEM.exec(item)?.groups ?? {};
  if (open === undefined && from === undefined)
    throw new ScheduleError(`${rule.name} is not valid: "${item}"`);
  const first = from === undefined ? rule.min : numberOf(from, rule);
  const last =
    to === undefined
      ? lastOf(first, { isOpen: open !== undefined || step !== undefined }, rule)
      : numberOf(to, rule);
  const stride = step === undefined ? 1 : Number(step);
  if (stride === 0) throw new ScheduleError(`${rule.name} has a step of 0`);
  if (last < first) throw new ScheduleError(`${rule.name} has a range that ends before it begins: "${item}"`);
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, index) => first + index * stride,
  );
}

/** A first value with a step goes on to the end of the field: `0/5`. */
function lastOf(first: number, { isOpen }: { readonly isOpen: boolean }, rule: FieldRule): number {
  return isOpen ? rule.max : first;
}

function numberOf(text: string, { name, min, max, words = [] }: FieldRule): number {
  const place = words.indexOf(text);
  const value = place >= 0 ? min + place : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new ScheduleError(`${name} must be ${min} to ${max}, not "${text}"`);
}
