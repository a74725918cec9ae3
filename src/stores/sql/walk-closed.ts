import { systemClock } from '../../kernel/clock.ts';
import type { ClosedExecution, ClosedFilter, ClosedQuery } from '../../kernel/store.ts';
import type { Dialect } from './dialect.ts';
import type { Driver, Query, Script } from './script.ts';
import { ask } from './script.ts';
import type { ClosedWalk, Place } from './statements/closed-conditions.ts';
import { asksMoreThanTimes } from './statements/closed-conditions.ts';
import { findScope } from './statements/intern-scope.ts';
import { countClosed, listClosed, placeFurther } from './statements/list-closed.ts';
import { probeClosedName } from './statements/probe-closed-name.ts';
import { toClosed } from './statements/read-closed.ts';

interface Database {
  readonly driver: Driver;
  readonly dialect: Dialect;
}

export async function listAll({ driver, dialect }: Database, query: ClosedQuery): Promise<ClosedExecution[]> {
  const { api, scope, name } = query;
  // Whoever starts an execution asks whether its name is new, and mostly it is.
  if (name !== undefined && !(await driver.read(hasRows(probeClosedName(api, scope, name))))) return [];
  const found: ClosedExecution[] = [];
  const isSliced = name === undefined && asksMoreThanTimes(query);
  await walk(
    { driver, dialect },
    { filter: query, order: query.order, after: query.after, isSliced },
    function* (slice) {
      const rows = yield* ask(listClosed({ ...slice, limit: query.limit - found.length }, dialect));
      found.push(...rows.map(toClosed));
      return found.length < query.limit;
    },
  );
  return found;
}

export async function countAll({ driver, dialect }: Database, filter: ClosedFilter): Promise<number> {
  let count = 0;
  await walk(
    { driver, dialect },
    { filter, order: 'newest', isSliced: filter.name === undefined },
    function* (slice) {
      const [row] = yield* ask(countClosed(slice, dialect));
      count += row?.count ?? 0;
      return true;
    },
  );
  return count;
}

function* hasRows(query: Query<object>): Script<boolean> {
  return (yield* ask(query)).length > 0;
}

const letOthersGoFirst = (): Promise<void> =>
  new Promise((resolve) => {
    systemClock.at(systemClock.now(), resolve);
  });

interface Way extends Omit<ClosedWalk, 'scopeNumber' | 'end'> {
  readonly isSliced: boolean;
}

/** Visits slice after slice until `visit` has enough, so that a walk through a million executions stops nobody. */
async function walk(
  { driver, dialect }: Database,
  way: Way,
  visit: (slice: ClosedWalk) => Script<boolean>,
): Promise<void> {
  let after = way.after;
  for (;;) {
    const end = await driver.read(visitSlice({ ...way, after }, visit, dialect.walkAtOnce));
    if (end === undefined) return;
    after = end;
    await letOthersGoFirst();
  }
}

/** Gives the place where the next slice begins; undefined when there is no more to do. */
function* visitSlice(
  way: Way,
  visit: (slice: ClosedWalk) => Script<boolean>,
  size: number,
): Script<Place | undefined> {
  const scopeNumber = yield* findScope(way.filter.api, way.filter.scope);
  if (scopeNumber === undefined) return undefined;
  const rest = { ...way, scopeNumber };
  const [end] = way.isSliced ? yield* ask(placeFurther(rest, size)) : [];
  const goesOn = yield* visit({ ...rest, end });
  return goesOn ? end : undefined;
}
