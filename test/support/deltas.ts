import type { Summary } from '../../src/kernel/machine.ts';
import type {
  ClosedQuery,
  ExecutionDelta,
  JournalRow,
  Loaded,
  ShardBatch,
  Store,
} from '../../src/kernel/store.ts';

export const API = 'toy';
export const SCOPE = 'account/region/orders';

/** A batch of one shard with nothing in it but what is given. */
export const batchOf = (shard: number, parts: Partial<Omit<ShardBatch, 'shard'>>): ShardBatch => ({
  shard,
  executions: [],
  records: [],
  sent: [],
  delivered: [],
  cursors: [],
  forgotten: [],
  ...parts,
});

export const rowOf = (version: number, firstEvent: number, count: number): JournalRow => ({
  version,
  time: 1_000 + version,
  firstEvent,
  eventCount: count,
  events: JSON.stringify(Array.from({ length: count }, (_, index) => ({ id: firstEvent + index }))),
});

interface Creation {
  readonly api?: string;
  readonly scope?: string;
  readonly name?: string;
  readonly startedAt?: number;
}

/** The first delta of an execution, with one event. */
export const creation = (id: string, given: Creation = {}): ExecutionDelta => ({
  id,
  created: { api: API, scope: SCOPE, name: `name of ${id}`, startedAt: 1_000, ...given },
  row: rowOf(1, 1, 1),
});

const summaryOf = (given: Partial<Summary>): Summary => ({
  status: 'succeeded',
  vendorStatus: 'COMPLETED',
  type: 'order',
  tags: [],
  endedAt: 2_000,
  ...given,
});

/** The second and last delta of an execution that `creation` began, with one event. */
export const closing = (id: string, given: Partial<Summary> = {}): ExecutionDelta => ({
  id,
  row: rowOf(2, 2, 1),
  snapshot: JSON.stringify({ closed: id }),
  closed: summaryOf(given),
});

export type Closed = Creation & Partial<Summary> & { readonly shard?: number };

/** Runs executions from beginning to end: two commits for all of them together. */
export async function storeClosed(store: Store, executions: Readonly<Record<string, Closed>>): Promise<void> {
  const all = Object.entries(executions).map(([id, { shard, api, scope, name, startedAt, ...summary }]) => ({
    shard: shard ?? 0,
    first: creation(id, {
      ...(api !== undefined && { api }),
      ...(scope !== undefined && { scope }),
      ...(name !== undefined && { name }),
      ...(startedAt !== undefined && { startedAt }),
    }),
    last: closing(id, summary),
  }));
  const shards = Map.groupBy(all, ({ shard }) => shard);
  const batches = (which: 'first' | 'last'): ShardBatch[] =>
    [...shards].map(([shard, found]) => batchOf(shard, { executions: found.map((each) => each[which]) }));
  await store.commit(batches('first'));
  await store.commit(batches('last'));
}

/** Lists with the newest end first, unless told otherwise; gives the ids. */
export async function idsClosed(store: Store, query: Partial<ClosedQuery> = {}): Promise<string[]> {
  const found = await store.listClosed({ ...anyClosed, ...query });
  return found.map(({ id }) => id);
}

export const anyClosed: ClosedQuery = {
  api: API,
  scope: SCOPE,
  now: 5_000,
  timeOf: 'ended',
  order: 'newest',
  limit: 1_000,
};

export async function loadAll(store: Store, shards: readonly number[]): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for await (const each of store.load(shards)) loaded.push(each);
  return loaded;
}
