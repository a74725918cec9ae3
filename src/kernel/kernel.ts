import { nameKey, shardOfAddress, shardOfName } from './address.ts';
import { Committer } from './batch.ts';
import { Consequences } from './consequences.ts';
import { type EffectRunner, Effects } from './effects.ts';
import { Unavailable } from './errors.ts';
import { ExecutionReader, type Found, type FoundOpen, showLive } from './execution-reader.ts';
import { HistoryCache } from './history-cache.ts';
import { SHARD_COUNT, shardOfId } from './ids.ts';
import type { KernelApi, KernelLoad, KernelOptions } from './kernel-options.ts';
import type { LiveExecution } from './live-execution.ts';
import { type LoadedShards, Loader } from './loader.ts';
import type { Address, AnyMachine, Identity } from './machine.ts';
import { Outbox } from './outbox.ts';
import { type HandOut, type PollRequest, Polls } from './polls.ts';
import { Records } from './records.ts';
import { Recovery } from './recovery.ts';
import { Retention } from './retention.ts';
import { type Released, Shard, type ShardHost } from './shard.ts';
import type { ClosedExecution, ClosedFilter, ClosedQuery, OutboxRow } from './store.ts';
import { TaskQueues } from './task-queue.ts';
import { Timers } from './timers.ts';
import { readMessage } from './turn.ts';
import { Watchers } from './watchers.ts';

/**
 * Runs executions durably. Calls apply at once in memory and answer at once; whoever passes an answer on must first
 * await `durable()`, which rejects with `Unavailable` when what the answer depends on is lost.
 */
export class Kernel {
  readonly records: Records;
  readonly watchers = new Watchers();
  readonly #options: KernelOptions;
  readonly #timers: Timers;
  readonly #queues: TaskQueues<LiveExecution>;
  readonly #shards: readonly Shard[];
  /** Shards whose memory is not there, or is being read from the store; at first that is all of them. */
  readonly #unread = new Set(Array.from({ length: SHARD_COUNT }, (_, number) => number));
  readonly #committer: Committer;
  readonly #recovery: Recovery;
  readonly #outbox: Outbox;
  readonly #effects: Effects;
  readonly #consequences: Consequences;
  readonly #polls: Polls;
  readonly #reader: ExecutionReader;
  readonly #loader: Loader;
  readonly #retention: Retention;

  private constructor(options: KernelOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
    this.#queues = new TaskQueues(this.#timers, () => this.failure === undefined);
    const cache = new HistoryCache(options.historyCacheCharacters);
    const host = { store: options.store, ...this.#services() };
    this.#shards = Array.from({ length: SHARD_COUNT }, (_, number) => new Shard(number, this.#shardHost()));
    this.records = new Records((shard, record) => this.#writable(shard).writeRecord(record));
    this.#committer = new Committer(options.store, {
      beforeDrain: () => this.#consequences.matchTouched(),
      failed: (error) => this.#failed(error),
    });
    this.#recovery = new Recovery(this.#timers, {
      ...host,
      reload: (shards) => this.#load(shards),
      recovered: () => this.#queues.matchAll(),
    });
    this.#outbox = new Outbox(this.#timers, {
      ...host,
      receive: (source, row) => this.#receive(source, row),
      delivered: (source, row) => this.#shard(source).delivered(row.sequence),
    });
    this.#effects = new Effects(this.#timers, { ...host, runner: (api, kind) => this.#runner(api, kind) });
    const parts = {
      timers: this.#timers,
      queues: this.#queues,
      effects: this.#effects,
      watchers: this.watchers,
    };
    this.#consequences = new Consequences({ ...parts, cache }, host);
    this.#polls = new Polls(this.#queues, host);
    this.#reader = new ExecutionReader({ ...host, live: (id) => this.#live(id) });
    this.#retention = new Retention(this.#timers, {
      ...host,
      forget: (shard, id) => this.#writable(shard).forget(id),
    });
    this.#loader = new Loader(options.store, cache, {
      ...host,
      wake: (execution) => this.#consequences.wake(execution),
    });
  }

  /** Reads everything open into memory, then lets timers, messages and effects go on where they stopped. */
  static async open(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    await kernel.#load(
      kernel.#shards.map((shard) => shard.number),
      () => breathe(options),
    );
    kernel.#retention.start();
    return kernel;
  }

  /** Begins an execution; throws `AlreadyOpen` if one of that name is open. */
  start(target: Address, command: unknown): { readonly identity: Identity; readonly reply: unknown } {
    const { execution, reply } = this.#writable(shardOfName(target)).start(target, command);
    return { identity: execution.identity, reply };
  }

  /** Applies a command to an open execution; throws `NoSuchExecution` or what the machine rejects it with. */
  apply(address: Address, command: unknown): unknown {
    const shard = this.#writable(shardOfAddress(address));
    return shard.apply(shard.find(address), command);
  }

  /** Resolves once everything applied so far is durable; undefined if it is already. Call it right after applying. */
  durable(): Promise<void> | undefined {
    return this.#committer.durable();
  }

  /** Waits for a task; see `Polls.poll`. */
  poll(request: PollRequest): Promise<HandOut | undefined> {
    this.#mustWrite();
    return this.#polls.poll(request);
  }

  /** Tasks that wait in a queue. */
  pending(queue: string): number {
    return this.#queues.pending(queue);
  }

  /** Polls that wait on a queue. */
  pollers(queue: string): number {
    return this.#queues.pollers(queue);
  }

  /** The open execution an address means; throws `NoSuchExecution`. */
  findOpen(address: Address): Found {
    return showLive(this.#shard(shardOfAddress(address)).find(address));
  }

  /** The open execution with that id, wherever it is. */
  findOpenById(id: string): FoundOpen | undefined {
    const live = this.#live(id);
    return live?.closed === undefined ? live : undefined;
  }

  /** Whether an execution of that name is open. */
  isOpen(target: Address): boolean {
    return this.#shard(shardOfAddress(target)).openByName.has(nameKey(target));
  }

  /** Open or closed; throws `NoSuchExecution`. */
  find(id: string): Promise<Found> {
    return this.#reader.find(id);
  }

  /** JSON texts of events `from..to` (inclusive), ascending. */
  history(id: string, from: number, to: number): Promise<string[]> {
    return this.#reader.history(id, from, to);
  }

  countOpen(api: string, scope: string): number {
    this.#mustSeeAll();
    return this.#consequences.open.count(api, scope);
  }

  /** Oldest start first; to be read in one go. */
  *openIn(api: string, scope: string): Iterable<Found> {
    this.#mustSeeAll();
    for (const execution of this.#consequences.open.in(api, scope)) yield showLive(execution);
  }

  /** Scopes that hold open executions; to be read in one go. */
  openScopes(api: string): Iterable<string> {
    this.#mustSeeAll();
    return this.#consequences.open.scopes(api);
  }

  async listClosed(query: ClosedQuery): Promise<readonly ClosedExecution[]> {
    await this.durable();
    return this.#options.store.listClosed(query);
  }

  async countClosed(filter: ClosedFilter): Promise<number> {
    await this.durable();
    return this.#options.store.countClosed(filter);
  }

  /** Every scope that holds or held executions. */
  async scopes(): Promise<readonly { readonly api: string; readonly scope: string }[]> {
    await this.durable();
    return this.#options.store.scopes();
  }

  /** Why nothing can be written at the moment; undefined when all is well. */
  get failure(): Error | undefined {
    return this.#recovery.failure;
  }

  get load(): KernelLoad {
    const { tasks, polls } = this.#queues.totals();
    const openExecutions = this.#consequences.open.size;
    return { openExecutions, pendingTasks: tasks, waitingPolls: polls, timers: this.#timers.size };
  }

  /** Ends every wait for a task as if its time were up. */
  endPolls(): void {
    this.#queues.expireAll();
  }

  /** Stops timers, polls and effects, and waits until nothing is left to write. The store stays open. */
  async stop(): Promise<void> {
    this.endPolls();
    this.#effects.end(this.#consequences.open.all());
    this.#timers.stop();
    await this.#committer.idle();
  }

  #services() {
    return {
      now: (): number => this.#options.clock.now(),
      machine: (api: string): AnyMachine => this.#api(api).machine,
      durable: (): Promise<void> | undefined => this.durable(),
      apply: (execution: LiveExecution, command: unknown): unknown => this.#applyTo(execution, command),
      report: (error: unknown): void => this.#options.onError(error),
    };
  }

  #shardHost(): ShardHost {
    return {
      ...this.#services(),
      unread: this.#unread,
      newId: (shard) => this.#options.ids.executionId(shard, this.#options.clock.now()),
      open: (identity, shard) => this.#loader.create(identity, shard),
      changed: (shard) => this.#committer.enlist(shard),
      advanced: (execution, events) => this.#consequences.advanced(execution, events),
      forsake: (execution) => this.#forsake(execution),
      broke: (shard) => void this.#broke(shard),
      effectsOf: (execution) => this.#consequences.effectsOf(execution),
      released: (shard, released) => this.#released(shard, released),
      lost: (shard) => this.#lost(shard),
    };
  }

  #failed(error: Error): void {
    this.#options.onError(error);
    this.#recovery.begin(error);
  }

  #released(shard: number, released: Released): void {
    this.#consequences.released(released);
    this.#outbox.dispatch(shard, released.messages);
  }

  #forsake(execution: LiveExecution): void {
    this.#consequences.forsake(execution);
    this.#consequences.rest(execution.identity.id);
  }

  /** What the shard had done before is still written; only then may its memory go. */
  async #broke(shard: Shard): Promise<void> {
    this.#unread.add(shard.number);
    await this.durable()?.catch(() => {});
    shard.lost();
    this.#recovery.begin();
  }

  #lost(shard: Shard): void {
    this.#recovery.lost(shard.number);
    this.records.drop(shard.number);
    this.#outbox.drop(shard.number);
    for (const execution of shard.byId.values()) this.#consequences.forsake(execution);
  }

  async #load(numbers: readonly number[], pause?: () => Promise<void>): Promise<void> {
    const missing = numbers.filter((number) => this.#unread.has(number));
    const loaded = await this.#loader.load(missing, pause);
    try {
      this.#adopt(loaded);
    } catch (error) {
      for (const number of missing) this.#shard(number).lost();
      throw error;
    }
    for (const number of missing) {
      this.#unread.delete(number);
      this.records.restored(number);
    }
    for (const { shard, row } of loaded.messages) this.#outbox.dispatch(shard, [row]);
  }

  #adopt({ cursors, records, executions }: LoadedShards): void {
    for (const { shard, cursor } of cursors) this.#shard(shard).cursors.set(cursor.source, cursor.sequence);
    for (const record of records) this.records.adopt(record);
    for (const execution of executions) this.#shard(execution.shard).adopt(execution);
    this.#consequences.adopt(executions);
  }

  #receive(source: number, row: OutboxRow): void {
    this.#writable(row.targetShard).receive(source, row.sequence, readMessage(row.message));
  }

  #applyTo(execution: LiveExecution, command: unknown): unknown {
    return this.#writable(execution.shard).apply(execution, command);
  }

  #live(id: string): LiveExecution | undefined {
    const number = shardOfId(id);
    return number === undefined ? undefined : this.#shard(number).byId.get(id);
  }

  #writable(number: number): Shard {
    this.#mustWrite();
    return this.#shard(number);
  }

  #mustWrite(): void {
    const { failure } = this;
    if (failure !== undefined)
      throw new Unavailable('The store cannot write at the moment.', { cause: failure });
  }

  #mustSeeAll(): void {
    if (this.#unread.size > 0) throw new Unavailable('A part of the executions is being read again.');
  }

  #shard(number: number): Shard {
    const shard = this.#shards[number];
    if (shard === undefined) throw new RangeError(`There is no shard ${number}.`);
    return shard;
  }

  #api(name: string): KernelApi {
    const api = this.#options.apis.find((candidate) => candidate.name === name);
    if (api === undefined) throw new Error(`No API named ${name} is served.`);
    return api;
  }

  #runner(api: string, kind: string): EffectRunner {
    const runner = this.#api(api).effects[kind];
    if (runner === undefined) throw new Error(`${api} has no runner for effects of kind ${kind}.`);
    return runner;
  }
}

/** Lets signals of the operating system in while much is being read. */
async function breathe({ clock, signal }: KernelOptions): Promise<void> {
  await new Promise<void>((resolve) => clock.at(clock.now(), resolve));
  signal?.throwIfAborted();
}
