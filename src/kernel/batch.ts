import { Unavailable } from './errors.ts';
import type { ShardBatch, Store } from './store.ts';

/** A shard as the committer sees it: it gives up its changes, and learns what became of them. */
export interface Committed {
  readonly number: number;
  /** Everything changed since the last call. */
  drain(): ShardBatch;
  /** The drained changes are durable: what they imply may be released. */
  committed(): void;
  /** Drained or not, what is not durable is lost: forget the memory and load it again. */
  lost(): void;
}

export interface CommitterHooks {
  /** Last moment at which something may join the batch that is about to be written. */
  readonly beforeDrain: () => void;
  readonly failed: (error: Error) => void;
}

/** Turns of the event loop for which a batch may go on collecting. */
const MOST_TURNS = 4;

interface Batch {
  readonly shards: Set<Committed>;
  readonly durable: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Group commit. While one batch is being written the next one collects; whoever must not speak before something is
 * durable awaits `durable()`. A failed write loses its batch and the one that was collecting behind it.
 */
export class Committer {
  readonly #store: Pick<Store, 'commit'>;
  readonly #hooks: CommitterHooks;
  #open: Batch | undefined;
  #inFlight: Batch | undefined;
  #isScheduled = false;
  /** Changes that have ever joined a batch. */
  #enlisted = 0;

  constructor(store: Pick<Store, 'commit'>, hooks: CommitterHooks) {
    this.#store = store;
    this.#hooks = hooks;
  }

  /** Puts the shard's changes into the batch that is collecting. */
  enlist(shard: Committed): void {
    this.#open ??= newBatch();
    this.#open.shards.add(shard);
    this.#enlisted++;
    this.#schedule();
  }

  /**
   * Resolves when everything applied so far is durable; rejects with `Unavailable` when it is lost. To be called in
   * the same breath as what it is to cover: later, a batch that failed is gone.
   */
  durable(): Promise<void> | undefined {
    return (this.#open ?? this.#inFlight)?.durable;
  }

  /** Resolves when nothing is left to write, whatever became of it. */
  async idle(): Promise<void> {
    for (let wait = this.durable(); wait !== undefined; wait = this.durable()) await wait.catch(() => {});
  }

  /** A turn of the event loop later: what arrives together is written together. */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight !== undefined) return;
    this.#isScheduled = true;
    this.#nextTurn(MOST_TURNS, this.#enlisted);
  }

  /** As long as turns bring more, one more is worth its wait: under load it spares a write, without load it is nothing. */
  #nextTurn(turnsLeft: number, enlisted: number): void {
    setImmediate(() => {
      const grew = this.#enlisted > enlisted;
      if (grew && turnsLeft > 1) this.#nextTurn(turnsLeft - 1, this.#enlisted);
      else void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    try {
      this.#hooks.beforeDrain();
    } finally {
      this.#isScheduled = false;
    }
    const batch = this.#open;
    if (batch === undefined) return;
    this.#open = undefined;
    this.#inFlight = batch;
    try {
      await this.#store.commit(drainAll(batch));
    } catch (error) {
      this.#fail(batch, error);
      return;
    }
    this.#inFlight = undefined;
    batch.resolve();
    for (const shard of batch.shards) shard.committed();
    if (this.#open !== undefined) this.#schedule();
  }

  #fail(batch: Batch, cause: unknown): void {
    const behind = this.#open;
    this.#open = undefined;
    this.#inFlight = undefined;
    const error = new Unavailable('The store could not write; nothing of this request has happened.', {
      cause,
    });
    for (const shard of new Set([...batch.shards, ...(behind?.shards ?? [])])) shard.lost();
    this.#hooks.failed(error);
    batch.reject(error);
    behind?.reject(error);
  }
}

function newBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  promise.catch(() => {});
  return { shards: new Set(), durable: promise, resolve, reject };
}

function drainAll(batch: Batch): ShardBatch[] {
  const drained: ShardBatch[] = [];
  for (const shard of batch.shards) drained.push(shard.drain());
  return drained;
}
