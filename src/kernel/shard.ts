import { AlreadyOpen, NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import { shardOf, shardOfId } from './ids.ts';
import { type Delta, type LiveExecution, wantsSnapshot } from './live-execution.ts';
import type { Address, AnyMachine, EffectRequest, Identity, Message } from './machine.ts';
import type { Cursor, ExecutionDelta, OutboxRow, RecordDelta, ShardBatch } from './store.ts';
import { LiveTurn } from './turn.ts';

/** What a shard needs of the kernel around it. */
export interface ShardHost {
  now(): number;
  newId(shard: number): string;
  machine(api: string): AnyMachine;
  /** The shard has changes for the next batch. */
  changed(shard: Shard): void;
  /** Makes an execution's memory; the shard then applies its first command. */
  open(identity: Identity, shard: number): LiveExecution;
  /** The state has changed: tasks, wake time and history follow. */
  advanced(execution: LiveExecution, events: readonly string[]): void;
  /** A machine failed half-way: the memory of this shard must be read again. */
  broke(shard: Shard, error: unknown): void;
  /** What was written may have its consequences now. */
  released(shard: number, released: Released): void;
  lost(shard: Shard): void;
}

/** What the last batch made durable. */
export interface Released {
  readonly executions: readonly {
    readonly execution: LiveExecution;
    readonly effects: readonly EffectRequest[];
  }[];
  /** Messages to deliver, ascending. */
  readonly messages: readonly OutboxRow[];
}

/** Source under which a shard keeps the highest sequence it ever sent, so that none is used twice. */
export const OWN_SEQUENCE = -1;

const NOTHING: Released = { executions: [], messages: [] };

/** Single writer of a part of all executions: applies commands in memory, and gives up the changes batch by batch. */
export class Shard {
  readonly number: number;
  /** Open executions, and closed ones until that is durable. */
  readonly byId = new Map<string, LiveExecution>();
  readonly openByName = new Map<string, LiveExecution>();
  readonly cursors = new Map<number, number>();
  /** False while its memory is being read from the store. */
  isLoaded = false;
  readonly #host: ShardHost;
  readonly #dirty = new Set<LiveExecution>();
  readonly #movedCursors = new Set<number>();
  #records: RecordDelta[] = [];
  #sent: OutboxRow[] = [];
  #delivered: number[] = [];
  #forgotten: string[] = [];
  #inFlight: Released = NOTHING;

  constructor(number: number, host: ShardHost) {
    this.number = number;
    this.#host = host;
  }

  start(target: Address, command: unknown): { readonly execution: LiveExecution; readonly reply: unknown } {
    this.#mustBeLoaded();
    const { api, scope, name } = target;
    if (this.openByName.has(nameKey(target))) throw new AlreadyOpen(name);
    return this.#begin({ api, scope, name, id: this.#host.newId(this.number) }, command);
  }

  /** The open execution an address means. */
  find(address: Address): LiveExecution {
    this.#mustBeLoaded();
    const found =
      address.id === undefined ? this.openByName.get(nameKey(address)) : this.byId.get(address.id);
    if (found === undefined || found.closed !== undefined || !isSame(found.identity, address)) {
      throw new NoSuchExecution(address.name);
    }
    return found;
  }

  apply(execution: LiveExecution, command: unknown): unknown {
    this.#mustBeLoaded();
    if (execution.isGone) throw new Unavailable('The execution is being read again.');
    if (execution.closed !== undefined) throw new NoSuchExecution(execution.identity.name);
    const now = Math.max(this.#host.now(), execution.lastTime);
    const turn = new LiveTurn(execution, now, () => this.#host.newId(this.number));
    const reply = this.#decide(execution, turn, command);
    if (!turn.isUntouched) this.#takeOver(execution, turn);
    return reply;
  }

  /** Applies a message once, however often it arrives. */
  receive(source: number, sequence: number, message: Message & { readonly from: Identity }): void {
    this.#mustBeLoaded();
    if ((this.cursors.get(source) ?? 0) >= sequence) return;
    this.#deliver(message);
    this.cursors.set(source, sequence);
    this.#movedCursors.add(source);
    this.#host.changed(this);
  }

  writeRecord(record: RecordDelta): void {
    this.#mustBeLoaded();
    this.#records.push(record);
    this.#host.changed(this);
  }

  delivered(sequence: number): void {
    this.#delivered.push(sequence);
    this.#host.changed(this);
  }

  forget(id: string): void {
    this.#forgotten.push(id);
    this.#host.changed(this);
  }

  drain(): ShardBatch {
    const executions = [...this.#dirty];
    const batch: ShardBatch = {
      shard: this.number,
      executions: executions.map(drainExecution),
      records: this.#records,
      sent: this.#sent,
      delivered: this.#delivered,
      cursors: this.#drainCursors(),
      forgotten: this.#forgotten,
    };
    this.#inFlight = { executions: executions.map(withEffects), messages: this.#sent };
    this.#clearPending();
    return batch;
  }

  committed(): void {
    const released = this.#inFlight;
    this.#inFlight = NOTHING;
    for (const { execution } of released.executions) {
      if (execution.closed !== undefined) this.byId.delete(execution.identity.id);
    }
    this.#host.released(this.number, released);
  }

  lost(): void {
    this.isLoaded = false;
    this.#inFlight = NOTHING;
    this.#clearPending();
    this.#movedCursors.clear();
    this.#host.lost(this);
    this.byId.clear();
    this.openByName.clear();
    this.cursors.clear();
  }

  /** Puts an execution read from the store into memory. */
  adopt(execution: LiveExecution): void {
    this.byId.set(execution.identity.id, execution);
    this.openByName.set(nameKey(execution.identity), execution);
  }

  #begin(target: Required<Address>, command: unknown): { execution: LiveExecution; reply: unknown } {
    const identity: Identity = { ...target, startedAt: this.#host.now() };
    const execution = this.#host.open(identity, this.number);
    this.adopt(execution);
    try {
      return { execution, reply: this.apply(execution, command) };
    } catch (error) {
      this.byId.delete(identity.id);
      this.openByName.delete(nameKey(identity));
      execution.isGone = true;
      throw error;
    }
  }

  #decide(execution: LiveExecution, turn: LiveTurn, command: unknown): unknown {
    try {
      return execution.machine.decide(turn, command);
    } catch (error) {
      if (error instanceof Rejection && turn.isUntouched) throw error;
      execution.isGone = true;
      this.#host.broke(this, error);
      throw new Unavailable('The execution could not take this command and is being read again.', {
        cause: error,
      });
    }
  }

  #takeOver(execution: LiveExecution, turn: LiveTurn): void {
    execution.lastTime = turn.now;
    const delta = this.#deltaOf(execution);
    delta.events.push(...turn.events);
    delta.notes.push(...turn.notes);
    execution.nextEvent += turn.events.length;
    for (const message of turn.messages) this.#send(execution.identity, message);
    const summary = execution.machine.summary(execution.state);
    if (summary.endedAt !== undefined) {
      execution.closed = summary;
      this.openByName.delete(nameKey(execution.identity));
    }
    this.#host.advanced(execution, turn.events);
    this.#host.changed(this);
    if (turn.successor !== undefined) {
      const { api, scope, name } = execution.identity;
      this.#begin({ api, scope, name, id: turn.successor.id }, turn.successor.command);
    }
  }

  #deltaOf(execution: LiveExecution): Delta {
    this.#dirty.add(execution);
    execution.delta ??= {
      created: execution.version === 0,
      firstEvent: execution.nextEvent,
      events: [],
      notes: [],
    };
    return execution.delta;
  }

  #send(from: Identity, { to, body }: Message): void {
    const sequence = (this.cursors.get(OWN_SEQUENCE) ?? 0) + 1;
    this.cursors.set(OWN_SEQUENCE, sequence);
    this.#movedCursors.add(OWN_SEQUENCE);
    const targetShard = shardOfAddress(to);
    this.#sent.push({ sequence, targetShard, message: JSON.stringify({ to, body, from }) });
  }

  #deliver(message: Message & { readonly from: Identity }): void {
    const { to, body, from } = message;
    const machine = this.#host.machine(to.api);
    const delivery = machine.receive(body, from);
    try {
      if (delivery.start) this.start(to, delivery.command);
      else this.apply(this.find(to), delivery.command);
    } catch (error) {
      const answer = machine.bounce(body, undeliveredBecause(error));
      if (answer !== undefined)
        this.#send({ ...to, id: to.id ?? '', startedAt: 0 }, { to: from, body: answer });
    }
  }

  #drainCursors(): Cursor[] {
    const cursors: Cursor[] = [];
    for (const source of this.#movedCursors) {
      cursors.push({ source, sequence: this.cursors.get(source) as number });
    }
    this.#movedCursors.clear();
    return cursors;
  }

  #clearPending(): void {
    this.#dirty.clear();
    this.#records = [];
    this.#sent = [];
    this.#delivered = [];
    this.#forgotten = [];
  }

  #mustBeLoaded(): void {
    if (!this.isLoaded) throw new Unavailable('The store is being read again.');
  }
}

/** Text that names an execution or the open one of its name, wherever it is. */
export function nameKey({ api, scope, name }: Address): string {
  return `${api}|${scope}|${name}`;
}

/** The shard of an address: an id names its own, everything else goes by name. */
export function shardOfAddress(address: Address): number {
  return (address.id === undefined ? undefined : shardOfId(address.id)) ?? shardOf(nameKey(address));
}

function isSame(identity: Identity, address: Address): boolean {
  return identity.name === address.name && identity.scope === address.scope && identity.api === address.api;
}

function undeliveredBecause(error: unknown): 'already-open' | 'no-open-execution' | 'rejected' {
  if (error instanceof AlreadyOpen) return 'already-open';
  if (error instanceof NoSuchExecution) return 'no-open-execution';
  if (error instanceof Rejection) return 'rejected';
  throw error;
}

/** Asked for by the state as it is written, which may be older than the state when the write is done. */
function withEffects(execution: LiveExecution): Released['executions'][number] {
  const isOpen = execution.closed === undefined;
  return { execution, effects: isOpen ? [...execution.machine.effects(execution.state)] : [] };
}

function drainExecution(execution: LiveExecution): ExecutionDelta {
  const delta = execution.delta as Delta;
  execution.delta = undefined;
  execution.version++;
  const { id, api, scope, name, startedAt } = execution.identity;
  const events = `[${delta.events.join(',')}]`;
  const row = {
    version: execution.version,
    time: execution.lastTime,
    firstEvent: delta.firstEvent,
    eventCount: delta.events.length,
    events,
    ...(delta.notes.length > 0 && { notes: `[${delta.notes.join(',')}]` }),
  };
  const pace = execution.snapshots;
  pace.journalBytes += events.length + (row.notes?.length ?? 0);
  const snapshot =
    execution.closed !== undefined || wantsSnapshot(pace) ? JSON.stringify(execution.state) : undefined;
  if (snapshot !== undefined) Object.assign(pace, { journalBytes: 0, snapshotBytes: snapshot.length });
  return {
    id,
    row,
    ...(delta.created && { created: { api, scope, name, startedAt } }),
    ...(snapshot !== undefined && { snapshot }),
    ...(execution.closed !== undefined && { closed: execution.closed }),
  };
}
