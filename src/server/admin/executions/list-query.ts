import type { Status } from '../../../kernel/machine.ts';
import { badParameter, knownParameters, oneOf, time, wholeNumber } from '../parameters.ts';

/** A place in a list: sorts by start, then by id. */
export interface Place {
  readonly time: number;
  readonly id: string;
}

/** What a list asks for; all given conditions must hold. */
export interface ListQuery {
  readonly system: string | undefined;
  /** The vendor's name of a scope. */
  readonly scope: string | undefined;
  readonly filter: ListFilter;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
  /** Continue behind it. */
  readonly after: Place | undefined;
}

/** Times are of the start, in epoch milliseconds, inclusive. */
export interface ListFilter {
  readonly status?: Status;
  readonly type?: string;
  readonly typeVersion?: string;
  readonly name?: string;
  readonly tag?: string;
  readonly since?: number;
  readonly until?: number;
}

const STATUSES: readonly Status[] = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'timed-out',
  'terminated',
];
const TEXTS = ['system', 'scope', 'type', 'name', 'tag', 'cursor'];
const KNOWN = [...TEXTS, 'status', 'since', 'until', 'order', 'limit'];
const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;

/** Throws 400 for what is unknown or makes no sense. */
export function readListQuery(query: URLSearchParams, systems: readonly string[]): ListQuery {
  knownParameters(query, KNOWN);
  const cursor = query.get('cursor');
  return {
    system: oneOf(query, 'system', systems),
    scope: query.get('scope') ?? undefined,
    filter: readFilter(query),
    order: oneOf(query, 'order', ['newest', 'oldest']) ?? 'newest',
    limit: wholeNumber(query, 'limit', { least: 1, most: LARGEST_LIMIT }) ?? DEFAULT_LIMIT,
    after: cursor === null ? undefined : readCursor(cursor),
  };
}

function readFilter(query: URLSearchParams): ListFilter {
  const status = oneOf(query, 'status', STATUSES);
  const since = time(query, 'since');
  const until = time(query, 'until');
  const name = query.get('name');
  const tag = query.get('tag');
  return {
    ...(status !== undefined && { status }),
    ...readType(query.get('type')),
    ...(name !== null && { name }),
    ...(tag !== null && { tag }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
}

/** `name`, or `name/version` as records show it. */
function readType(text: string | null): Pick<ListFilter, 'type' | 'typeVersion'> {
  if (text === null) return {};
  const slash = text.lastIndexOf('/');
  return slash < 0 ? { type: text } : { type: text.slice(0, slash), typeVersion: text.slice(slash + 1) };
}

export function writeCursor({ time: at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

function readCursor(cursor: string): Place {
  const [, at, id] = /^(\d{1,15}) ([0-9a-z]{1,32})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined) throw badParameter('cursor', 'what an earlier answer gave');
  return { time: Number(at), id };
}
