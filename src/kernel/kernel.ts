import { Committer } from './batch.ts';
import type { Clock } from './clock.ts';
import { type EffectRunner, Effects } from './effects.ts';
import { Unavailable } from './errors.ts';
import { ExecutionReader, type Found, showLive } from './execution-reader.ts';
import { HistoryCache } from './history-cache.ts';
import { type Ids, SHARD_COUNT, shardOfId } from './ids.ts';
import type { LiveExecution } from './live-execution.ts';
import { Loader } from './loader.ts';
import type { Address, AnyMachine, Identity, Message } from './machine.ts';
import { OpenExecutions } from './open-executions.ts';
import { Outbox } from './outbox.ts';
import { type HandOut, type PollRequest, Polls } from './polls.ts';
import { Records } from './records.ts';
import { Recovery } from './recovery.ts';
import { Retention } from './retention.ts';
import { nameKey, type Released, Shard, type ShardHost, shardOfAddress } from './shard.ts';
import type { ClosedExecution, ClosedFilter, ClosedQuery, OutboxRow, Store } from './store.ts';
import { syncTasks, withdrawTasks } from './sync-tasks.ts';
import { TaskQueues } from './task-queue.ts';
import { Timers } from './timers.ts';
import { Watchers } from './watchers.ts';

const TICK_RETRY_MS = 1000;

/** What one API gives the kernel: how its executions behave, and who does their work. */
export interface KernelApi {
  readonly name: string;
  readonly machine: AnyMachine;
  /** By the kind of the effect. */
  readonly effects: Readonly<Record<string, EffectRunner>>;
}

export interface KernelOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly apis: readonly KernelApi[];
  /** Characters of newest events kept in memory for all executions together. */
  readonly historyCacheCharacters: number;
  /** Told of what must not happen: a machine that failed, a write that failed. */
  readonly onError: (error: unknown) => void;
}

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
  readonly #touchedQueues = new Set<string>();
  readonly #shards: readonly Shard[];
  readonly #open = new OpenExecutions();
  readonly #cache: HistoryCache;
  readonly #committer: Committer;
  readonly #recovery: Recovery;
  readonly #outbox: Outbox;
  readonly #effects: Effects;
  readonly #polls: Polls;
  readonly #reader: ExecutionReader;
  readonly #loader: Loader;
  readonly #retention: Retention;

  private constructor(options: KernelOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
    this.#queues = new TaskQueues(this.#timers);
    this.#cache = new HistoryCache(options.historyCacheCharacters);
    const host = { store: options.store, ...this.#services() };
    this.#shards = Array.from({ length: SHARD_COUNT }, (_, number) => new Shard(number, this.#shardHost()));
    this.records = new Records((shard, record) => this.#writable(shard).writeRecord(record));
    this.#committer = new Committer(options.store, {
      beforeDrain: () => this.#matchTouched(),
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
    this.#polls = new Polls(this.#queues, host);
    this.#reader = new ExecutionReader({ ...host, live: (id) => this.#live(id) });
    this.#retention = new Retention(this.#timers, {
      ...host,
      forget: (shard, id) => this.#writable(shard).forget(id),
    });
    this.#loader = new Loader(options.store, this.#cache, {
      ...host,
      tick: (execution) => this.#tick(execution),
    });
  }

  /** Reads everything open into memory, then lets timers, messages and effects go on where they stopped. */
  static async open(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    await kernel.#load(kernel.#shards.map((shard) => shard.number));
    kernel.#retention.start();
    return kernel;
  }

  /** Begins an execution; throws `AlreadyOpen` if one of that name is open. */
  start(target: Address, command: unknown): { readonly identity: Identity; readonly reply: unknown } {
    const { execution, reply } = this.#writable(shardOfAddress(target)).start(target, command);
    return { identity: execution.identity, reply };
  }

  /** Applies a command to an open execution; throws `NoSuchExecution` or what the machine rejects it with. */
  apply(address: Address, command: unknown): unknown {
    const shard = this.#writable(shardOfAddress(address));
    return shard.apply(shard.find(address), command);
  }

  /** Resolves once everything applied so far is durable; undefined if it is already. */
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
  findOpenById(id: string): Found | undefined {
    const live = this.#live(id);
    return live === undefined || live.closed !== undefined ? undefined : showLive(live);
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
    return this.#open.count(api, scope);
  }

  /** Oldest start first. */
  *openIn(api: string, scope: string): Iterable<Found> {
    for (const execution of this.#open.in(api, scope)) yield showLive(execution);
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

  /** Ends every wait for a task as if its time were up. */
  endPolls(): void {
    this.#queues.expireAll();
  }

  /** Stops timers, polls and effects, and waits until nothing is left to write. The store stays open. */
  async stop(): Promise<void> {
    this.endPolls();
    for (const execution of this.#open.all()) this.#effects.stop(execution);
    this.#timers.stop();
    await this.#committer.idle();
  }

  #services() {
    return {
      now: (): number => this.#options.clock.now(),
      machine: (api: string): AnyMachine => this.#api(api).machine,
      durable: (): Promise<void> | undefined => this.durable(),
      apply: (execution: LiveExecution, command: unknown): unknown => this.#applyTo(execution, command),
    };
  }

  #shardHost(): ShardHost {
    return {
      ...this.#services(),
      newId: (shard) => this.#options.ids.executionId(shard, this.#options.clock.now()),
      open: (identity, shard) => this.#loader.create(identity, shard),
      changed: (shard) => this.#committer.enlist(shard),
      advanced: (execution, events) => this.#advanced(execution, events),
      broke: (shard, error) => this.#broke(shard, error),
      released: (shard, released) => this.#released(shard, released),
      lost: (shard) => this.#lost(shard),
    };
  }

  #advanced(execution: LiveExecution, events: readonly string[]): void {
    this.#cache.grow(execution.tail, events);
    syncTasks(this.#queues, execution, (queue) => this.#touchedQueues.add(queue));
    if (execution.closed !== undefined) {
      this.#timers.clear(execution.timer);
      this.#open.remove(execution);
      return;
    }
    if (execution.version === 0) this.#open.add(execution);
    this.#setWake(execution);
  }

  #setWake(execution: LiveExecution): void {
    const wake = execution.machine.wake(execution.state);
    if (wake === undefined) this.#timers.clear(execution.timer);
    else if (execution.timer.place < 0 || execution.timer.due !== wake)
      this.#timers.set(execution.timer, wake);
  }

  #released(shard: number, released: Released): void {
    for (const { execution, effects } of released.executions) {
      this.#effects.follow(execution, effects);
      if (execution.closed !== undefined) this.#cache.drop(execution.tail);
      this.watchers.notify(execution.identity.id);
    }
    this.#outbox.dispatch(shard, released.messages);
  }

  #lost(shard: Shard): void {
    this.#recovery.lost(shard.number);
    this.records.drop(shard.number);
    this.#outbox.drop(shard.number);
    for (const execution of shard.byId.values()) {
      execution.isGone = true;
      withdrawTasks(this.#queues, execution);
      this.#timers.clear(execution.timer);
      this.#effects.stop(execution);
      this.#cache.drop(execution.tail);
      this.#open.remove(execution);
    }
  }

  #failed(error: Error): void {
    this.#options.onError(error);
    this.#recovery.begin(error);
  }

  /** What the shard had done before is still written; only then may its memory go. */
  #broke(shard: Shard, error: unknown): void {
    this.#options.onError(error);
    shard.isLoaded = false;
    void this.#committer.idle().then(() => {
      shard.lost();
      this.#recovery.begin(
        new Unavailable('A part of the executions is being read again.', { cause: error }),
      );
    });
  }

  async #load(numbers: readonly number[]): Promise<void> {
    const loaded = await this.#loader.load(numbers);
    for (const { shard, cursor } of loaded.cursors)
      this.#shard(shard).cursors.set(cursor.source, cursor.sequence);
    for (const record of loaded.records) this.records.adopt(record);
    for (const execution of loaded.executions) this.#adopt(execution);
    this.#queueOffers(loaded.executions);
    for (const number of numbers) this.#shard(number).isLoaded = true;
    for (const { shard, row } of loaded.messages) this.#outbox.dispatch(shard, [row]);
  }

  #adopt(execution: LiveExecution): void {
    this.#shard(execution.shard).adopt(execution);
    this.#open.add(execution);
    this.#setWake(execution);
    this.#effects.follow(execution, [...execution.machine.effects(execution.state)]);
  }

  /** Oldest first, so that each finds its place at the end of its queue. */
  #queueOffers(executions: readonly LiveExecution[]): void {
    const offers = executions.flatMap((execution) =>
      [...execution.machine.offers(execution.state)].map((offer) => ({ offer, execution })),
    );
    offers.sort((a, b) => a.offer.since - b.offer.since);
    for (const { offer, execution } of offers)
      execution.tasks.set(offer.key, this.#queues.offer(offer, execution));
  }

  #matchTouched(): void {
    if (this.failure !== undefined) return;
    for (const queue of this.#touchedQueues) {
      this.#touchedQueues.delete(queue);
      this.#queues.match(queue);
    }
  }

  #receive(source: number, row: OutboxRow): void {
    const message = JSON.parse(row.message) as Message & { readonly from: Identity };
    this.#writable(row.targetShard).receive(source, row.sequence, message);
  }

  #tick(execution: LiveExecution): void {
    try {
      this.#applyTo(execution, execution.machine.tick());
    } catch (error) {
      if (execution.isGone || execution.closed !== undefined) return;
      if (!(error instanceof Unavailable)) this.#options.onError(error);
      this.#timers.set(execution.timer, this.#options.clock.now() + TICK_RETRY_MS);
    }
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
