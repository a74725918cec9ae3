import type { ClosedFilter, ClosedQuery } from '../../../kernel/store.ts';
import type { Dialect } from '../dialect.ts';
import type { Query, Value } from '../script.ts';
import type { StoredClosed } from './read-closed.ts';
import { selectClosed } from './read-closed.ts';

/** A filter within one scope, which has been looked up already. */
export interface ClosedSearch<Filter extends ClosedFilter> {
  readonly scopeNumber: number;
  readonly filter: Filter;
}

type Conditions = { readonly texts: string[]; readonly values: Value[] };

const timeColumn = (filter: ClosedFilter): string =>
  filter.timeOf === 'ended' ? 'e.ended_at' : 'e.started_at';

/** Conditions on times and names come first: indexes serve them. The others walk what is left. */
function conditionsOf({ scopeNumber, filter }: ClosedSearch<ClosedFilter>, dialect: Dialect): Conditions {
  const texts = ['e.scope = ?', '(e.expires_at is null or e.expires_at > ?)'];
  const values: Value[] = [scopeNumber, filter.now];
  const add = (text: string, value: Value | undefined): void => {
    if (value === undefined) return;
    texts.push(text);
    values.push(value);
  };
  add(`${timeColumn(filter)} >= ?`, filter.since);
  add(`${timeColumn(filter)} <= ?`, filter.until);
  add('e.name = ?', filter.name);
  add('e.type = ?', filter.type);
  add('e.type_version = ?', filter.typeVersion);
  add('e.status = ?', filter.status);
  add('e.vendor_status = ?', filter.vendorStatus);
  add(dialect.holds('e.tags'), filter.tag);
  return { texts, values };
}

export function listClosed(search: ClosedSearch<ClosedQuery>, dialect: Dialect): Query<StoredClosed> {
  const { texts, values } = conditionsOf(search, dialect);
  const { order, limit, after } = search.filter;
  const time = timeColumn(search.filter);
  if (after !== undefined) {
    texts.push(`(${time}, e.id) ${order === 'newest' ? '<' : '>'} (?, ?)`);
    values.push(after.time, after.id);
  }
  const direction = order === 'newest' ? 'desc' : 'asc';
  const sql = `${selectClosed} where ${texts.join(' and ')}
    order by ${time} ${direction}, e.id ${direction} limit ?`;
  return { sql, values: [...values, limit] };
}

export function countClosed(search: ClosedSearch<ClosedFilter>, dialect: Dialect): Query<{ count: number }> {
  const { texts, values } = conditionsOf(search, dialect);
  return {
    sql: `select count(*) as "count" from closed_execution as e where ${texts.join(' and ')}`,
    values,
  };
}
