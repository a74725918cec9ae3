import type { ExecutionSnapshot } from '../../../apis/api.ts';
import { showClosed } from '../../../kernel/execution-reader.ts';
import { type ExecutionRecord, executionRecord } from './execution-record.ts';
import type { ListFilter, ListQuery, Place } from './list-query.ts';
import type { Home, ReadExecutions } from './visible.ts';

export interface ListedScope extends Home {
  readonly api: string;
  readonly scope: string;
}

type Asked = Pick<ListQuery, 'filter' | 'order' | 'limit' | 'after'> & { readonly now: number };

interface Listed {
  readonly place: Place;
  readonly record: () => ExecutionRecord | Promise<ExecutionRecord>;
}

export interface ExecutionPage {
  readonly records: readonly ExecutionRecord[];
  /** Where the next page starts behind; undefined at the end. */
  readonly next: Place | undefined;
}

/**
 * Open executions are read at one moment, closed ones once all before that moment is durable: what closes in between
 * is in both, nothing is in neither.
 */
export async function mergeExecutions(
  kernel: ReadExecutions,
  scopes: readonly ListedScope[],
  asked: Asked,
): Promise<ExecutionPage> {
  const [open, , ...closed] = await Promise.all([
    listOpen(kernel, scopes, asked),
    kernel.durable(),
    ...scopes.map((scope) => listClosed(kernel, scope, asked)),
  ]);
  const byId = new Map([...open, ...closed.flat()].map((listed) => [listed.place.id, listed]));
  const found = [...byId.values()].sort((a, b) => compare(asked, a.place, b.place));
  const page = found.slice(0, asked.limit);
  const records = await Promise.all(page.map(({ record }) => record()));
  return { records, next: found.length > page.length ? page.at(-1)?.place : undefined };
}

/** Snapshots and their descriptions are of the moment of the call. */
function listOpen(kernel: ReadExecutions, scopes: readonly ListedScope[], asked: Asked): Promise<Listed[]> {
  const candidates: { readonly place: Place; readonly snapshot: ExecutionSnapshot; readonly home: Home }[] =
    [];
  for (const home of scopes) {
    for (const snapshot of kernel.openIn(home.api, home.scope)) {
      const place = { time: snapshot.identity.startedAt, id: snapshot.identity.id };
      if (isBehind(asked, place) && matches(asked.filter, snapshot))
        candidates.push({ place, snapshot, home });
    }
  }
  candidates.sort((a, b) => compare(asked, a.place, b.place));
  return Promise.all(
    candidates.slice(0, asked.limit + 1).map(async ({ place, snapshot, home }) => {
      const record = await executionRecord(snapshot, home);
      return { place, record: () => record };
    }),
  );
}

async function listClosed(kernel: ReadExecutions, home: ListedScope, asked: Asked): Promise<Listed[]> {
  const { filter, order, limit, after, now } = asked;
  if (filter.status === 'running' || filter.status === 'queued') return [];
  const { api, scope } = home;
  const found = await kernel.listClosed({
    ...filter,
    api,
    scope,
    now,
    timeOf: 'started',
    order,
    limit: limit + 1,
    ...(after !== undefined && { after }),
  });
  return found.map((closed) => ({
    place: { time: closed.startedAt, id: closed.id },
    record: () => executionRecord(showClosed(closed), home),
  }));
}

function matches(filter: ListFilter, { identity, summary }: ExecutionSnapshot): boolean {
  const { status, type, typeVersion, name, tag, since = 0, until = Number.POSITIVE_INFINITY } = filter;
  return (
    identity.startedAt >= since &&
    identity.startedAt <= until &&
    (status === undefined || summary.status === status) &&
    (type === undefined || summary.type === type) &&
    (typeVersion === undefined || summary.typeVersion === typeVersion) &&
    (name === undefined || identity.name === name) &&
    (tag === undefined || summary.tags.includes(tag))
  );
}

const isBehind = (asked: Asked, place: Place): boolean =>
  asked.after === undefined || compare(asked, place, asked.after) > 0;

function compare({ order }: Asked, a: Place, b: Place): number {
  const ascending = a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return order === 'oldest' ? ascending : -ascending;
}
