import { newSecret } from '../../kernel/ids.ts';
import type {
  ClosedExecution,
  ClosedFilter,
  ClosedQuery,
  HistoryQuery,
  JournalRow,
  Loaded,
  ShardBatch,
  Store,
  StoredExecution,
} from '../../kernel/store.ts';
import { applyBatch } from './apply-batch.ts';
import { checkBatch } from './check-batch.ts';
import { compareBy, matches, timeOf } from './closed-filter.ts';
import { ClosedIndex } from './closed-index.ts';
import type { Shard } from './shard.ts';
import { emptyShard, toClosed, toOpen } from './shard.ts';

/** A store that keeps everything in this process: the reference for the others, and for trying things out. */
export function openMemoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly installationKey = newSecret(32);
  readonly #shards = new Map<number, Shard>();
  readonly #closedIndex = new ClosedIndex();
  readonly #scopes = new Map<string, { readonly api: string; readonly scope: string }>();

  async commit(batch: readonly ShardBatch[]): Promise<void> {
    for (const part of batch) checkBatch(this.#shard(part.shard), part);
    for (const part of batch) {
      const { executions } = this.#shard(part.shard);
      const forgotten = part.forgotten.flatMap((id) => executions.get(id) ?? []);
      applyBatch(this.#shard(part.shard), part);
      for (const execution of forgotten) this.#closedIndex.remove(execution);
      for (const { id, created, closed } of part.executions) {
        const execution = executions.get(id);
        if (closed !== undefined && execution !== undefined) this.#closedIndex.add(execution);
        if (created === undefined) continue;
        const { api, scope } = created;
        this.#scopes.set(`${api} ${scope}`, { api, scope });
      }
    }
  }

  async *load(shards: readonly number[]): AsyncIterable<Loaded> {
    for (const shard of shards) yield* loadShard(shard, this.#shard(shard));
  }

  async readExecution(shard: number, id: string): Promise<StoredExecution | undefined> {
    const found = this.#shard(shard).executions.get(id);
    if (found === undefined) return undefined;
    return found.closed === undefined
      ? { open: true, ...toOpen(found) }
      : { open: false, ...toClosed(found, found.closed) };
  }

  async readHistory({ shard, id, from, to }: HistoryQuery): Promise<readonly JournalRow[]> {
    const rows = this.#shard(shard).executions.get(id)?.rows ?? [];
    return rows.filter(
      (row) => row.eventCount > 0 && row.firstEvent <= to && row.firstEvent + row.eventCount > from,
    );
  }

  async listClosed(query: ClosedQuery): Promise<readonly ClosedExecution[]> {
    const { after, limit } = query;
    const compare = compareBy(query);
    const isBehind = (execution: ClosedExecution): boolean =>
      after === undefined || compare({ time: timeOf(query, execution), id: execution.id }, after) > 0;
    return [...this.#closed(query)]
      .filter(isBehind)
      .map((execution) => ({ time: timeOf(query, execution), id: execution.id, execution }))
      .sort(compare)
      .slice(0, limit)
      .map(({ execution }) => execution);
  }

  async countClosed(filter: ClosedFilter): Promise<number> {
    return [...this.#closed(filter)].length;
  }

  async expired(
    now: number,
    limit: number,
  ): Promise<readonly { readonly shard: number; readonly id: string }[]> {
    const due: { readonly shard: number; readonly id: string; readonly at: number }[] = [];
    for (const [shard, { executions }] of this.#shards) {
      for (const [id, { closed }] of executions) {
        if (closed?.expiresAt !== undefined && closed.expiresAt <= now)
          due.push({ shard, id, at: closed.expiresAt });
      }
    }
    due.sort((a, b) => a.at - b.at || a.shard - b.shard || (a.id < b.id ? -1 : 1));
    return due.slice(0, limit).map(({ shard, id }) => ({ shard, id }));
  }

  async scopes(): Promise<readonly { readonly api: string; readonly scope: string }[]> {
    return [...this.#scopes.values()];
  }

  async probe(): Promise<void> {
    // Memory can always be written.
  }

  async close(): Promise<void> {
    // What is in memory ends with the process.
  }

  *#closed(filter: ClosedFilter): Iterable<ClosedExecution> {
    for (const found of this.#closedIndex.candidates(filter)) {
      if (found.closed === undefined) continue;
      const execution = toClosed(found, found.closed);
      if (matches(filter, execution)) yield execution;
    }
  }

  #shard(number: number): Shard {
    let shard = this.#shards.get(number);
    if (shard === undefined) {
      shard = emptyShard();
      this.#shards.set(number, shard);
    }
    return shard;
  }
}

function* loadShard(shard: number, { executions, records, outbox, cursors }: Shard): Iterable<Loaded> {
  for (const found of executions.values()) {
    if (found.closed === undefined) yield { kind: 'execution', shard, execution: toOpen(found) };
  }
  for (const collection of records.values()) {
    for (const record of collection.values()) yield { kind: 'record', shard, record };
  }
  for (const row of outbox.values()) yield { kind: 'message', shard, row };
  for (const [source, sequence] of cursors) yield { kind: 'cursor', shard, cursor: { source, sequence } };
}
