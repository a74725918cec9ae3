import type {
  ClosedExecution,
  ClosedFilter,
  ClosedQuery,
  HistoryQuery,
  JournalRow,
  Loaded,
  OpenExecution,
  ShardBatch,
  Store,
  StoredExecution,
} from '../../kernel/store.ts';
import type { Dialect } from './dialect.ts';
import { unpack } from './packed-text.ts';
import type { Driver, Script } from './script.ts';
import { ask } from './script.ts';
import type { ScopeNumbers } from './statements/commit-batch.ts';
import { commitBatch } from './statements/commit-batch.ts';
import { listExpired } from './statements/list-expired.ts';
import { listScopes } from './statements/list-scopes.ts';
import type { StoredOpen } from './statements/load-shard.ts';
import {
  loadCursors,
  loadExecutions,
  loadOutbox,
  loadRecords,
  loadRows,
  readOpen,
  readOpenRows,
} from './statements/load-shard.ts';
import { probeWriting } from './statements/probe-writing.ts';
import { readClosed, toClosed } from './statements/read-closed.ts';
import { readHistory, toJournalRow } from './statements/read-history.ts';
import { countAll, listAll } from './walk-closed.ts';

interface Parts {
  readonly driver: Driver;
  readonly dialect: Dialect;
  readonly installationKey: Buffer;
}

/** The store over any SQL database: statements and their order are here, sending them is the driver's. */
export class SqlStore implements Store {
  readonly installationKey: Buffer;
  readonly #driver: Driver;
  readonly #database: Pick<Parts, 'driver' | 'dialect'>;
  readonly #scopes: ScopeNumbers = new Map();

  constructor(parts: Parts) {
    this.installationKey = parts.installationKey;
    this.#driver = parts.driver;
    this.#database = parts;
  }

  async commit(batch: readonly ShardBatch[]): Promise<void> {
    try {
      await this.#driver.write(commitBatch(batch, this.#scopes));
    } catch (error) {
      this.#scopes.clear();
      throw error;
    }
  }

  async *load(shards: readonly number[]): AsyncIterable<Loaded> {
    for (const shard of shards) yield* await this.#driver.read(loadShard(shard));
  }

  readExecution(shard: number, id: string): Promise<StoredExecution | undefined> {
    return this.#driver.read(readExecution(shard, id));
  }

  async readHistory(query: HistoryQuery): Promise<readonly JournalRow[]> {
    const rows = await this.#driver.read(ask(readHistory(query)));
    return rows.map(toJournalRow);
  }

  listClosed(query: ClosedQuery): Promise<readonly ClosedExecution[]> {
    return listAll(this.#database, query);
  }

  countClosed(query: ClosedFilter): Promise<number> {
    return countAll(this.#database, query);
  }

  async expired(
    now: number,
    limit: number,
  ): Promise<readonly { readonly shard: number; readonly id: string }[]> {
    return (await this.#driver.read(ask(listExpired(now, limit)))).map(plain);
  }

  async scopes(): Promise<readonly { readonly api: string; readonly scope: string }[]> {
    return (await this.#driver.read(ask(listScopes))).map(plain);
  }

  probe(): Promise<void> {
    return this.#driver.write(probe());
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

function* loadShard(shard: number): Script<Loaded[]> {
  const rows = new Map<string, JournalRow[]>();
  for (const row of yield* ask(loadRows(shard))) {
    const known = rows.get(row.id);
    if (known === undefined) rows.set(row.id, [toJournalRow(row)]);
    else known.push(toJournalRow(row));
  }
  const loaded: Loaded[] = [];
  for (const open of yield* ask(loadExecutions(shard))) {
    loaded.push({ kind: 'execution', shard, execution: toOpen(open, rows.get(open.id) ?? []) });
  }
  for (const record of yield* ask(loadRecords(shard)))
    loaded.push({ kind: 'record', shard, record: plain(record) });
  for (const row of yield* ask(loadOutbox(shard))) loaded.push({ kind: 'message', shard, row: plain(row) });
  for (const cursor of yield* ask(loadCursors(shard)))
    loaded.push({ kind: 'cursor', shard, cursor: plain(cursor) });
  return loaded;
}

function* readExecution(shard: number, id: string): Script<StoredExecution | undefined> {
  const [open] = yield* ask(readOpen(shard, id));
  if (open !== undefined) {
    const rows = yield* ask(readOpenRows(shard, id));
    return { open: true, ...toOpen(open, rows.map(toJournalRow)) };
  }
  const [closed] = yield* ask(readClosed(shard, id));
  return closed && { open: false, ...toClosed(closed) };
}

function* probe(): Script<void> {
  for (const write of probeWriting) yield write;
}

const toOpen = (open: StoredOpen, rows: readonly JournalRow[]): OpenExecution => ({
  id: open.id,
  api: open.api,
  scope: open.scope,
  name: open.name,
  startedAt: open.startedAt,
  ...(open.state !== null && {
    snapshot: {
      version: open.version,
      time: open.time,
      nextEvent: open.nextEvent,
      state: unpack(open.state),
    },
  }),
  rows,
});

/** Rows of a driver may have no prototype. */
const plain = <Row extends object>(row: Row): Row => ({ ...row });
