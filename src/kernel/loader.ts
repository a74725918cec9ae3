import type { HistoryCache } from './history-cache.ts';
import { foldStored, type LiveExecution } from './live-execution.ts';
import type { AnyMachine, Identity } from './machine.ts';
import type { Cursor, OpenExecution, OutboxRow, RecordDelta, Store } from './store.ts';

/** A few milliseconds' worth. */
const PAUSE_EVERY = 1_000;

export interface LoaderHost {
  machine(api: string): AnyMachine;
  /** The execution's wake time has come. */
  wake(execution: LiveExecution): void;
}

/** All that some shards must have in memory. */
export interface LoadedShards {
  readonly executions: LiveExecution[];
  readonly records: Required<RecordDelta>[];
  readonly messages: { readonly shard: number; readonly row: OutboxRow }[];
  readonly cursors: { readonly shard: number; readonly cursor: Cursor }[];
}

/** Makes executions' memories, new or from what the store holds. */
export class Loader {
  readonly #store: Pick<Store, 'load'>;
  readonly #cache: HistoryCache;
  readonly #host: LoaderHost;

  constructor(store: Pick<Store, 'load'>, cache: HistoryCache, host: LoaderHost) {
    this.#store = store;
    this.#cache = cache;
    this.#host = host;
  }

  /** Calls `pause` now and then, which may end it by throwing. */
  async load(shards: readonly number[], pause?: () => Promise<void>): Promise<LoadedShards> {
    let count = 0;
    const all: LoadedShards = { executions: [], records: [], messages: [], cursors: [] };
    for await (const loaded of this.#store.load(shards)) {
      count += 1;
      if (pause !== undefined && count % PAUSE_EVERY === 0) await pause();
      if (loaded.kind === 'execution') all.executions.push(this.#restore(loaded.shard, loaded.execution));
      else if (loaded.kind === 'record') all.records.push(loaded.record);
      else if (loaded.kind === 'message') all.messages.push(loaded);
      else all.cursors.push(loaded);
    }
    return all;
  }

  /** The memory of an execution that has had no command yet. */
  create(identity: Identity, shard: number): LiveExecution {
    const machine = this.#host.machine(identity.api);
    const execution: LiveExecution = {
      identity,
      shard,
      machine,
      state: machine.initial(),
      version: 0,
      nextEvent: 1,
      lastTime: identity.startedAt,
      closed: undefined,
      isGone: false,
      delta: undefined,
      isResting: false,
      tasks: new Map(),
      handedBack: new Set(),
      effects: new Map(),
      timer: { due: 0, place: -1, fire: () => this.#host.wake(execution) },
      tail: this.#cache.newTail(machine.isSeldomFollowed === true ? Number.POSITIVE_INFINITY : 1),
      snapshots: { journalBytes: 0, snapshotBytes: 0 },
    };
    return execution;
  }

  #restore(shard: number, stored: OpenExecution): LiveExecution {
    const { id, api, scope, name, startedAt, snapshot, rows } = stored;
    const execution = this.create({ id, api, scope, name, startedAt }, shard);
    const last = rows.at(-1);
    execution.state = foldStored(execution.machine, stored);
    execution.version = last?.version ?? snapshot?.version ?? 0;
    execution.lastTime = last?.time ?? snapshot?.time ?? startedAt;
    execution.nextEvent = last === undefined ? (snapshot?.nextEvent ?? 1) : last.firstEvent + last.eventCount;
    execution.tail.from = Math.max(execution.tail.from, execution.nextEvent);
    execution.snapshots.snapshotBytes = snapshot?.state.length ?? 0;
    for (const row of rows) execution.snapshots.journalBytes += row.events.length + (row.notes?.length ?? 0);
    return execution;
  }
}
