import { isSameName, nameKey, shardOfAddress } from './address.ts';
import { drainExecution } from './drain-execution.ts';
import { AlreadyOpen, MachineFailed, NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import { type Delta, isDurablyClosed, type LiveExecution } from './live-execution.ts';
import type { Address, AnyMachine, EffectRequest, Identity, Undelivered } from './machine.ts';
import type { Cursor, ExecutionDelta, OutboxRow, RecordDelta, ShardBatch } from './store.ts';
import { LiveTurn, type SignedMessage, type Successor, type WrittenMessage, writeMessage } from './turn.ts';

/** What a shard needs of the kernel around it. */
export interface ShardHost {
  /** Numbers of the shards whose memory is not there, or is being read from the store. */
  readonly unread: Set<number>;
  now(): number;
  newId(shard: number): string;
  machine(api: string): AnyMachine;
  /** The shard has changes for the next batch. */
  changed(shard: Shard): void;
  /** Makes an execution's memory; the shard then applies its first command. */
  open(identity: Identity, shard: number): LiveExecution;
  /** The state has changed: tasks, wake time and history follow. May fail where the machine does. */
  advanced(execution: LiveExecution, events: readonly string[]): void;
  /** Something failed that must not. */
  report(error: unknown): void;
  /** A machine failed half-way: the state of this execution must not be used any more. */
  forsake(execution: LiveExecution): void;
  /** An execution is missing from the memory of this shard, which must be read again. */
  broke(shard: Shard): void;
  /** What the state asks for; to be called when everything in the state goes into a batch. */
  effectsOf(execution: LiveExecution): readonly EffectRequest[];
  /** What was written may have its consequences now. */
  released(shard: number, released: Released): void;
  lost(shard: Shard): void;
}

interface ReleasedExecution {
  readonly execution: LiveExecution;
  /** As asked for by the state that was written, which may be older than the state in memory. */
  readonly effects: readonly EffectRequest[];
}

/** What the last batch made durable. */
export interface Released {
  readonly executions: readonly ReleasedExecution[];
  /** Messages to deliver, ascending. */
  readonly messages: readonly OutboxRow[];
}

/** Source under which a shard keeps the highest sequence it ever sent, so that none is used twice. */
const OWN_SEQUENCE = -1;

const NOTHING: Released = { executions: [], messages: [] };

/** Single writer of a part of all executions: applies commands in memory, and gives up the changes batch by batch. */
export class Shard {
  readonly number: number;
  /** Open executions, and closed ones until that is durable. */
  readonly byId = new Map<string, LiveExecution>();
  readonly openByName = new Map<string, LiveExecution>();
  readonly cursors = new Map<number, number>();
  readonly #host: ShardHost;
  readonly #newId: () => string;
  /** Those with a delta. */
  #dirty: LiveExecution[] = [];
  readonly #movedCursors = new Set<number>();
  #records: RecordDelta[] = [];
  #sent: OutboxRow[] = [];
  #delivered: number[] = [];
  #forgotten: string[] = [];
  #inFlight: Released = NOTHING;

  constructor(number: number, host: ShardHost) {
    this.number = number;
    this.#host = host;
    this.#newId = () => host.newId(number);
  }

  start(target: Address, command: unknown): { readonly execution: LiveExecution; readonly reply: unknown } {
    this.#mustBeLoaded();
    if (this.openByName.has(nameKey(target))) throw new AlreadyOpen(target.name);
    const turn = this.#begin(target, { id: this.#newId(), command }, this.#host.now());
    this.adopt(turn.execution);
    this.#takeOver(turn);
    return turn;
  }

  /** The open execution an address means. */
  find(address: Address): LiveExecution {
    this.#mustBeLoaded();
    const found =
      address.id === undefined ? this.openByName.get(nameKey(address)) : this.byId.get(address.id);
    if (found === undefined || found.closed !== undefined || !isSameName(found.identity, address)) {
      throw new NoSuchExecution(address.name);
    }
    return found;
  }

  apply(execution: LiveExecution, command: unknown): unknown {
    this.#mustBeLoaded();
    if (execution.isGone) throw new Unavailable('The execution is being read again.');
    if (execution.closed !== undefined) throw new NoSuchExecution(execution.identity.name);
    const turn = this.#decide(execution, command);
    if (!turn.isUntouched) this.#takeOver(turn);
    return turn.reply;
  }

  /** Applies a message once, however often it arrives. */
  receive(source: number, sequence: number, message: SignedMessage): void {
    this.#mustBeLoaded();
    if ((this.cursors.get(source) ?? 0) >= sequence) return;
    this.#deliver(message);
    this.#moveCursor(source, sequence);
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
    const executions: ExecutionDelta[] = [];
    const released: ReleasedExecution[] = [];
    for (const execution of this.#dirty) {
      executions.push(drainExecution(execution));
      released.push({ execution, effects: this.#host.effectsOf(execution) });
    }
    const batch: ShardBatch = {
      shard: this.number,
      executions,
      records: this.#records,
      sent: this.#sent,
      delivered: this.#delivered,
      cursors: this.#drainCursors(),
      forgotten: this.#forgotten,
    };
    this.#inFlight = { executions: released, messages: this.#sent };
    this.#clearPending();
    return batch;
  }

  committed(): void {
    const released = this.#inFlight;
    this.#inFlight = NOTHING;
    try {
      this.#host.released(this.number, released);
    } finally {
      // Only now: who follows one reads its end from memory.
      for (const { execution } of released.executions) {
        if (isDurablyClosed(execution)) this.byId.delete(execution.identity.id);
      }
    }
  }

  lost(): void {
    this.#host.unread.add(this.number);
    this.#inFlight = NOTHING;
    this.#clearPending();
    this.#movedCursors.clear();
    this.#host.lost(this);
    this.byId.clear();
    this.openByName.clear();
    this.cursors.clear();
  }

  /** Puts an execution into memory, new or read from the store. */
  adopt(execution: LiveExecution): void {
    this.byId.set(execution.identity.id, execution);
    this.openByName.set(nameKey(execution.identity), execution);
  }

  /** Its first events carry the time at which it is said to have started. */
  #begin({ api, scope, name }: Address, { id, command }: Successor, startedAt: number): LiveTurn {
    const execution = this.#host.open({ api, scope, name, id, startedAt }, this.number);
    return this.#decide(execution, command, startedAt);
  }

  /** Everything of a command that can fail. Nothing of it is in the batch yet, but the state has changed. */
  #decide(
    execution: LiveExecution,
    command: unknown,
    now = Math.max(this.#host.now(), execution.lastTime),
  ): LiveTurn {
    const turn = new LiveTurn(execution, now, this.#newId);
    try {
      turn.reply = execution.machine.decide(turn, command);
      if (turn.isUntouched) mustHaveBegun(execution);
      else this.#conclude(turn);
    } catch (error) {
      if (turn.isUntouched && error instanceof Rejection) throw error;
      this.#host.report(error);
      if (!turn.isUntouched) this.#break(execution);
      throw new MachineFailed('The execution could not take this command.', { cause: error });
    }
    return turn;
  }

  #conclude(turn: LiveTurn): void {
    const { execution, successor } = turn;
    const summary = execution.machine.summary(execution.state);
    if (summary.endedAt !== undefined) execution.closed = summary;
    if (successor !== undefined) {
      if (summary.endedAt === undefined) throw new Error('Only a closed execution can have a successor.');
      turn.following = this.#begin(execution.identity, successor, turn.now);
    }
    this.#host.advanced(execution, turn.events);
  }

  /** Its state cannot be trusted any more; what it had done before is still in the batch and will be written. */
  #break(execution: LiveExecution): void {
    const { identity } = execution;
    this.#host.forsake(execution);
    // One that was about to begin is in nobody's memory yet.
    if (!this.byId.delete(identity.id)) return;
    this.openByName.delete(nameKey(identity));
    this.#host.broke(this);
  }

  /** Puts a decided command into the batch; must not fail. */
  #takeOver({ execution, events, eventCount, notes, messages, now, following }: LiveTurn): void {
    const delta = this.#deltaOf(execution);
    for (const event of events) delta.events.push(event);
    for (const note of notes) delta.notes.push(note);
    delta.eventCount += eventCount;
    execution.nextEvent += eventCount;
    execution.lastTime = now;
    for (const message of messages) this.#send(message);
    if (execution.closed !== undefined) this.openByName.delete(nameKey(execution.identity));
    this.#host.changed(this);
    if (following === undefined) return;
    this.adopt(following.execution);
    this.#takeOver(following);
  }

  #deltaOf(execution: LiveExecution): Delta {
    if (execution.delta === undefined) {
      const { version, nextEvent } = execution;
      execution.delta = {
        created: version === 0,
        firstEvent: nextEvent,
        events: [],
        eventCount: 0,
        notes: [],
      };
      this.#dirty.push(execution);
    }
    return execution.delta;
  }

  #send({ to, text }: WrittenMessage): void {
    const sequence = (this.cursors.get(OWN_SEQUENCE) ?? 0) + 1;
    this.#moveCursor(OWN_SEQUENCE, sequence);
    this.#sent.push({ sequence, targetShard: shardOfAddress(to), message: text });
  }

  #deliver({ to, body, from }: SignedMessage): void {
    const machine = this.#host.machine(to.api);
    const delivery = machine.receive(body, from);
    try {
      if (delivery.start) this.start(to, delivery.command);
      else this.apply(this.find(to), delivery.command);
    } catch (error) {
      const answer = machine.bounce(body, undeliveredBecause(error));
      if (answer === undefined) return;
      const text = writeMessage({ to: from, body: answer, from: { ...to, id: to.id ?? '', startedAt: 0 } });
      this.#send({ to: from, text });
    }
  }

  #moveCursor(source: number, sequence: number): void {
    this.cursors.set(source, sequence);
    this.#movedCursors.add(source);
  }

  #drainCursors(): Cursor[] {
    if (this.#movedCursors.size === 0) return [];
    const cursors: Cursor[] = [];
    for (const source of this.#movedCursors) {
      cursors.push({ source, sequence: this.cursors.get(source) as number });
    }
    this.#movedCursors.clear();
    return cursors;
  }

  #clearPending(): void {
    this.#dirty = [];
    this.#records = [];
    this.#sent = [];
    this.#delivered = [];
    this.#forgotten = [];
  }

  #mustBeLoaded(): void {
    if (this.#host.unread.has(this.number)) throw new Unavailable('The store is being read again.');
  }
}

function mustHaveBegun({ version, delta, identity }: LiveExecution): void {
  if (version === 0 && delta === undefined) {
    throw new Error(`The first command of ${identity.api} left no event.`);
  }
}

function undeliveredBecause(error: unknown): Undelivered {
  if (error instanceof AlreadyOpen) return 'already-open';
  if (error instanceof NoSuchExecution) return 'no-open-execution';
  if (error instanceof Rejection) return 'rejected';
  throw error;
}
