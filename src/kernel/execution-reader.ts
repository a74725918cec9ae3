import { NoSuchExecution, Unavailable } from './errors.ts';
import { shardOfId } from './ids.ts';
import type { LiveExecution } from './live-execution.ts';
import type { AnyMachine, Identity, Summary } from './machine.ts';
import type { ClosedExecution, JournalRow, Store } from './store.ts';

/** An execution as readers see it, open or closed. `state` must not be changed. */
export interface Found {
  readonly identity: Identity;
  readonly machine: AnyMachine;
  readonly state: unknown;
  readonly summary: Summary;
  readonly version: number;
  readonly eventCount: number;
}

/** As much of an open execution as is there without being put together. `state` must not be changed. */
export type FoundOpen = Pick<Found, 'identity' | 'state'>;

/** A closed execution as lists read it from the store. */
export function showClosed({
  state,
  summary,
  version,
  eventCount,
  ...identity
}: ClosedExecution): Omit<Found, 'machine'> {
  return { identity, state: JSON.parse(state), summary, version, eventCount };
}

export interface ReaderHost {
  readonly store: Pick<Store, 'readExecution' | 'readHistory'>;
  now(): number;
  machine(api: string): AnyMachine;
  live(id: string): LiveExecution | undefined;
  durable(): Promise<void> | undefined;
}

/** Reads executions and histories from memory while they are there, else from the store. */
export class ExecutionReader {
  readonly #host: ReaderHost;

  constructor(host: ReaderHost) {
    this.#host = host;
  }

  /** Throws `NoSuchExecution` for an id that is unknown or forgotten, `Unavailable` while it is read again. What it shows may not be durable yet. */
  async find(id: string): Promise<Found> {
    const live = this.#host.live(id);
    if (live !== undefined) return this.#alive(showLive(live));
    const shard = shardOfId(id);
    const stored = shard === undefined ? undefined : await this.#host.store.readExecution(shard, id);
    if (stored === undefined) throw new NoSuchExecution(id);
    if (stored.open) throw new Unavailable('The execution is being read again.');
    const { api, scope, name, startedAt, summary, version, eventCount } = stored;
    const identity = { id, api, scope, name, startedAt };
    const state: unknown = JSON.parse(stored.state);
    return this.#alive({ identity, machine: this.#host.machine(api), state, summary, version, eventCount });
  }

  /** Texts of events `from..to` (inclusive) in ascending order. */
  async history(id: string, from: number, to: number): Promise<string[]> {
    if (to < from) return [];
    const tail = this.#host.live(id)?.tail;
    if (tail !== undefined && tail.from <= from)
      return tail.texts.slice(from - tail.from, to - tail.from + 1);
    await this.#host.durable();
    const rows = await this.#host.store.readHistory({ shard: shardOfId(id) ?? 0, id, from, to });
    return rows.flatMap((row) => eventTexts(row, from, to));
  }

  #alive(found: Found): Found {
    const { expiresAt } = found.summary;
    if (expiresAt !== undefined && expiresAt <= this.#host.now())
      throw new NoSuchExecution(found.identity.id);
    return found;
  }
}

/** An execution in memory as readers see it. */
export function showLive(execution: LiveExecution): Found {
  const { identity, machine, state } = execution;
  return {
    identity,
    machine,
    state,
    summary: execution.closed ?? machine.summary(state),
    version: execution.version + (execution.delta === undefined ? 0 : 1),
    eventCount: execution.nextEvent - 1,
  };
}

function eventTexts(row: JournalRow, from: number, to: number): string[] {
  if (row.eventCount === 1) return [row.events.slice(1, -1)];
  const events = JSON.parse(row.events) as unknown[];
  return events
    .slice(Math.max(0, from - row.firstEvent), to - row.firstEvent + 1)
    .map((event) => JSON.stringify(event));
}
