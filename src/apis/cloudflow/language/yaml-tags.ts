import type { SourceScalar } from './source-node.ts';
import { isDay } from './timestamp.ts';

const PREFIX = 'tag:yaml.org,2002:';

/** What the text of a scalar is by its tag; undefined when it is nothing of the kind. */
type Resolve = (text: string) => SourceScalar['value'] | undefined;

const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INTEGER = /^(?:[-+]?\d+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?)(:\d\d:\d\d(?:\.\d+)?)[ \t]*(?:Z|([-+])(\d\d?)(:\d\d)?)?)?$/;

/** The tags of YAML's own that stand for what JSON has, as the core schema reads them, and times. */
const SCALARS: Readonly<Record<string, Resolve>> = {
  str: (text) => text,
  int: (text) => (INTEGER.test(text) ? Number(text) : undefined),
  float: (text) => (NUMBER.test(text) ? Number(text) : undefined),
  bool: (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined),
  null: (text) => (/^(?:~|null)?$/i.test(text) ? null : undefined),
  timestamp,
};

const COLLECTIONS: readonly string[] = ['map', 'seq'];

/** Tags that are understood, as they are written short. */
export const TAGS = [...Object.keys(SCALARS), ...COLLECTIONS].map((name) => `!!${name}`);

/** Is a tag in the text one that may be understood? Directives may make it another one. */
export function mayBeTag(written: string): boolean {
  const name = written.startsWith('!<') ? shortTag(written.slice(2, -1)) : written;
  return name === '!' || TAGS.includes(name);
}

/** `!!str` for `tag:yaml.org,2002:str`; any other tag is itself. */
export function shortTag(tag: string): string {
  return tag.startsWith(PREFIX) ? `!!${tag.slice(PREFIX.length)}` : tag;
}

/** The value of a scalar with this tag, in its short form; undefined when its text does not fit the tag. */
export function taggedValue(tag: string, text: string): SourceScalar['value'] | undefined {
  // What has the tag of no kind is a text.
  if (tag === '!') return text;
  const name = tag.slice(2);
  return Object.hasOwn(SCALARS, name) ? SCALARS[name]?.(text) : undefined;
}

/** Does a collection have the tag, in its short form, of its kind? */
export function fitsCollection(tag: string, kind: 'map' | 'list'): boolean {
  return tag === '!' || tag === (kind === 'map' ? '!!map' : '!!seq');
}

/** As JSON has times: text in UTC. A day without a time is its midnight, a time without a zone is in UTC. */
function timestamp(text: string): string | undefined {
  const [, year, month, day, hour, rest = ':00:00', sign, zone, minutes = ':00'] = TIMESTAMP.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  const offset = sign === undefined ? 'Z' : `${sign}${two(zone)}${minutes}`;
  const time = Date.parse(`${date}T${two(hour)}${rest}${offset}`);
  return isDay(date) && !Number.isNaN(time) ? new Date(time).toISOString() : undefined;
}

const two = (digits = '0'): string => digits.padStart(2, '0');
