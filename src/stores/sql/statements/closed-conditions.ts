import type { ClosedFilter, ClosedQuery } from '../../../kernel/store.ts';
import type { Dialect } from '../dialect.ts';
import type { Value } from '../script.ts';

/** A place in the order of closed executions: the time that the filter names, and the id. */
export interface Place {
  readonly time: number;
  readonly id: string;
}

/** A walk through the closed executions of one scope, in the direction of `order`. */
export interface ClosedWalk {
  readonly scopeNumber: number;
  readonly filter: ClosedFilter;
  readonly order: ClosedQuery['order'];
  /** Begins behind this place. */
  readonly after?: Place | undefined;
  /** Ends with this place; always within the filter's times. */
  readonly end?: Place | undefined;
}

export interface Conditions {
  readonly text: string;
  readonly values: readonly Value[];
}

type Condition = readonly [text: string, ...values: Value[]];

export const timeColumn = ({ timeOf }: ClosedFilter): string =>
  timeOf === 'ended' ? 'e.ended_at' : 'e.started_at';

/** Does the filter ask for something that the indexes on times do not hold? */
export const asksMoreThanTimes = ({ type, typeVersion, tag, status, vendorStatus }: ClosedFilter): boolean =>
  [type, typeVersion, tag, status, vendorStatus].some((asked) => asked !== undefined);

export const rangeConditions = (walk: ClosedWalk): Conditions =>
  join([['e.scope = ?', walk.scopeNumber], ...beginOf(walk), ...endOf(walk)]);

export function allConditions(walk: ClosedWalk, dialect: Dialect): Conditions {
  const { filter } = walk;
  const range: Condition[] = [['e.scope = ?', walk.scopeNumber], ...beginOf(walk), ...endOf(walk)];
  const asked: readonly (readonly [text: string, value: Value | undefined])[] = [
    ['(e.expires_at is null or e.expires_at > ?)', filter.now],
    ['e.name = ?', filter.name],
    ['e.type = ?', filter.type],
    ['e.type_version = ?', filter.typeVersion],
    ['e.status = ?', filter.status],
    ['e.vendor_status = ?', filter.vendorStatus],
    [dialect.holds('e.tags'), filter.tag],
  ];
  return join([
    ...range,
    ...asked.flatMap(([text, value]): Condition[] => (value === undefined ? [] : [[text, value]])),
  ]);
}

const join = (conditions: readonly Condition[]): Conditions => ({
  text: conditions.map(([text]) => text).join(' and '),
  values: conditions.flatMap(([, ...values]) => values),
});

// One bound on each side, the narrower one: a database seeks one and checks others row by row.

function beginOf({ filter, order, after }: ClosedWalk): Condition[] {
  const time = timeColumn(filter);
  const past = order === 'newest' ? '<' : '>';
  const first = order === 'newest' ? filter.until : filter.since;
  const isOutside = first !== undefined && after !== undefined && isBefore(order, after.time, first);
  if (after !== undefined && !isOutside) return [[`(${time}, e.id) ${past} (?, ?)`, after.time, after.id]];
  return first === undefined ? [] : [[`${time} ${past}= ?`, first]];
}

function endOf({ filter, order, end }: ClosedWalk): Condition[] {
  const time = timeColumn(filter);
  const upTo = order === 'newest' ? '>=' : '<=';
  const last = order === 'newest' ? filter.since : filter.until;
  if (end !== undefined) return [[`(${time}, e.id) ${upTo} (?, ?)`, end.time, end.id]];
  return last === undefined ? [] : [[`${time} ${upTo} ?`, last]];
}

const isBefore = (order: ClosedQuery['order'], time: number, other: number): boolean =>
  order === 'newest' ? time > other : time < other;
