import { Unavailable } from '../../src/kernel/errors.ts';
import type { ShardBatch, Store } from '../../src/kernel/store.ts';

/** A real store whose writing fails or waits on demand. Reading is the store's own. */
export interface FaultyStore extends Store {
  /** From now on commits wait; nothing of them is in the store before `release`. */
  hold(): void;
  /** Lets the commits that wait go on, and later ones through. */
  release(): void;
  /** From now on whoever loads shards waits until `goOnLoading`. */
  holdLoading(): void;
  goOnLoading(): void;
  /** Fails that many commits, then works again; probes fail meanwhile. */
  failNext(commits: number): void;
  /** Fails commits and probes until `mend`. */
  breakDown(): void;
  mend(): void;
  /** From the n-th commit on none comes through or returns: the process has died. */
  dieAt(commit: number): void;
  /** Commits that came through. */
  readonly commits: number;
  /** Batches that came through, oldest first. */
  readonly written: readonly (readonly ShardBatch[])[];
}

export function makeFaulty(store: Store): FaultyStore {
  let gate: PromiseWithResolvers<void> | undefined;
  let loading: PromiseWithResolvers<void> | undefined;
  let failures = 0;
  let deadFrom = Number.POSITIVE_INFINITY;
  const written: (readonly ShardBatch[])[] = [];
  const mustWork = (): void => {
    if (failures === 0) return;
    failures--;
    throw new Unavailable('a fault of the test');
  };
  return {
    installationKey: store.installationKey,
    commit: async (batch) => {
      await gate?.promise;
      if (written.length >= deadFrom) return new Promise(() => {});
      mustWork();
      await store.commit(batch);
      written.push(batch);
    },
    probe: async () => {
      if (failures > 0) throw new Unavailable('a fault of the test');
      await store.probe();
    },
    load: async function* (shards) {
      await loading?.promise;
      yield* store.load(shards);
    },
    readExecution: (shard, id) => store.readExecution(shard, id),
    readHistory: (query) => store.readHistory(query),
    listClosed: (query) => store.listClosed(query),
    countClosed: (query) => store.countClosed(query),
    expired: (now, limit) => store.expired(now, limit),
    scopes: () => store.scopes(),
    close: () => store.close(),
    hold: () => {
      gate ??= Promise.withResolvers<void>();
    },
    release: () => {
      gate?.resolve();
      gate = undefined;
    },
    holdLoading: () => {
      loading ??= Promise.withResolvers<void>();
    },
    goOnLoading: () => {
      loading?.resolve();
      loading = undefined;
    },
    failNext: (commits) => {
      failures = commits;
    },
    breakDown: () => {
      failures = Number.POSITIVE_INFINITY;
    },
    mend: () => {
      failures = 0;
    },
    dieAt: (commit) => {
      deadFrom = commit;
    },
    get commits() {
      return written.length;
    },
    written,
  };
}
