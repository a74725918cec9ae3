import type { Dialect } from '../dialect.ts';
import type { Query } from '../script.ts';
import type { ClosedWalk, Place } from './closed-conditions.ts';
import { allConditions, rangeConditions, timeColumn } from './closed-conditions.ts';
import type { StoredClosed } from './read-closed.ts';
import { selectClosed } from './read-closed.ts';

const directionOf = ({ order }: ClosedWalk): string => (order === 'newest' ? 'desc' : 'asc');

export function listClosed(
  walk: ClosedWalk & { readonly limit: number },
  dialect: Dialect,
): Query<StoredClosed> {
  const { text, values } = allConditions(walk, dialect);
  const time = timeColumn(walk.filter);
  const direction = directionOf(walk);
  // A sum is in no index: runs of one name are few and found by it, not by walking the times of all.
  const sortedBy = walk.filter.name === undefined ? time : `${time} + 0`;
  const order = `order by ${sortedBy} ${direction}, e.id ${direction}`;
  return { sql: `${selectClosed} where ${text} ${order} limit ?`, values: [...values, walk.limit] };
}

export function countClosed(walk: ClosedWalk, dialect: Dialect): Query<{ readonly count: number }> {
  const { text, values } = allConditions(walk, dialect);
  return { sql: `select count(*) as "count" from closed_execution as e where ${text}`, values };
}

/** The place that lies so many executions further, whatever else the filter asks; nothing if there are fewer. */
export function placeFurther(walk: ClosedWalk, steps: number): Query<Place> {
  const { text, values } = rangeConditions(walk);
  const time = timeColumn(walk.filter);
  const direction = directionOf(walk);
  const sql = `select ${time} as "time", e.id as "id" from closed_execution as e where ${text}
    order by ${time} ${direction}, e.id ${direction} limit 1 offset ?`;
  return { sql, values: [...values, steps - 1] };
}
