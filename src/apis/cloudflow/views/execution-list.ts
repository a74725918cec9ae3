import { showClosed } from '../../../kernel/execution-reader.ts';
import type { ExecutionSnapshot } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { API, scopeOf } from '../names.ts';
import type { FlowHome } from '../resources/versions.ts';
import { type ExecutionFilter, matches } from './execution-filter.ts';

/** Where a page ends: the start of its last execution, in epoch milliseconds, and its id. */
export interface Place {
  readonly time: number;
  readonly id: string;
}

interface Asked {
  readonly filter: ExecutionFilter;
  readonly limit: number;
  readonly after: Place | undefined;
}

export interface FoundPage {
  readonly found: readonly ExecutionSnapshot[];
  /** Undefined at the end. */
  readonly next: Place | undefined;
}

/** Closed executions read for one page at the most: a rare match must not hold up everybody else. */
const MOST_READ = 5000;

/**
 * Newest first. Open ones are read at one moment, closed ones after it: what closes in between is in both, and shown
 * once. A page may hold fewer than asked for, and yet not be the last.
 */
export async function listFound(cloudflow: Cloudflow, home: FlowHome, asked: Asked): Promise<FoundPage> {
  const open = listOpen(cloudflow, home, asked);
  const closed = await listClosed(cloudflow, home, asked);
  const byId = new Map([...open, ...closed.found].map((execution) => [execution.identity.id, execution]));
  const sorted = [...byId.values()].sort((a, b) => compare(placeOf(a), placeOf(b)));
  // What lies behind the place up to which closed ones were read is for the next page.
  const certain = sorted.filter(
    (execution) => closed.end === undefined || compare(placeOf(execution), closed.end) <= 0,
  );
  const found = certain.slice(0, asked.limit);
  const isAll = certain.length === found.length;
  return { found, next: isAll ? closed.end : placeOf(found.at(-1) as ExecutionSnapshot) };
}

function listOpen({ kernel }: Cloudflow, { world, flow }: FlowHome, asked: Asked): ExecutionSnapshot[] {
  const { filter, after } = asked;
  return [...kernel.openIn(API, scopeOf(world, flow))].filter(
    (execution) =>
      (after === undefined || compare(placeOf(execution), after) > 0) && matches(filter, execution),
  );
}

/** `end` is the place up to which was read; undefined when there is nothing behind. */
async function listClosed(
  { kernel, clock }: Cloudflow,
  { world, flow }: FlowHome,
  { filter, limit, after: first }: Asked,
): Promise<{ readonly found: ExecutionSnapshot[]; readonly end: Place | undefined }> {
  const { status, since, until } = filter;
  const query = {
    api: API,
    scope: scopeOf(world, flow),
    now: clock.now(),
    timeOf: 'started',
    order: 'newest',
    limit: limit + 1,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(status !== undefined && { vendorStatus: status }),
  } as const;
  const found: ExecutionSnapshot[] = [];
  let after = first;
  for (let read = 0; read < MOST_READ; ) {
    const closed = await kernel.listClosed({ ...query, ...(after !== undefined && { after }) });
    found.push(...closed.map(showClosed).filter((execution) => matches(filter, execution)));
    const last = closed.at(-1);
    if (last === undefined || closed.length < query.limit) return { found, end: undefined };
    after = { time: last.startedAt, id: last.id };
    if (found.length > limit) break;
    read += closed.length;
  }
  return { found, end: after };
}

function placeOf({ identity }: ExecutionSnapshot): Place {
  return { time: identity.startedAt, id: identity.id };
}

/** Newest first. */
function compare(a: Place, b: Place): number {
  return b.time - a.time || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
