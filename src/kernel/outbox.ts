import { MachineFailed, Unavailable } from './errors.ts';
import { Rests } from './rests.ts';
import type { OutboxRow } from './store.ts';
import type { Timer, Timers } from './timers.ts';

const RETRY_AFTER_MS = 1000;

/** How the outbox reaches shards. */
export interface Couriers {
  now(): number;
  /** Hands a message to its target; throws `Unavailable` when it must be tried again. */
  receive(source: number, row: OutboxRow): void;
  /** Resolves when what was received is durable; rejects when it is lost. */
  durable(): Promise<void> | undefined;
  /** Something failed that must not. */
  report(error: unknown): void;
  /** The message needs not be kept any longer. */
  delivered(source: number, row: OutboxRow): void;
}

/** Messages from one shard to another, in order; those before `next` are handed over but not yet durable there. */
interface Lane {
  readonly key: string;
  readonly source: number;
  readonly rows: OutboxRow[];
  next: number;
  readonly retry: Timer;
}

/** Carries durable messages between shards: in order per pair of shards, at least once; receivers drop repetitions. */
export class Outbox {
  readonly #lanes = new Map<string, Lane>();
  readonly #timers: Timers;
  readonly #couriers: Couriers;
  /** By lane: a receiver that fails may fail for ever, and each failure can cost its whole shard a reading. */
  readonly #rests = new Rests();

  constructor(timers: Timers, couriers: Couriers) {
    this.#timers = timers;
    this.#couriers = couriers;
  }

  /** Takes over messages that are durable in their source shard, ascending. */
  dispatch(source: number, rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      const lane = this.#lane(source, row.targetShard);
      lane.rows.push(row);
      if (lane.retry.place >= 0) continue;
      if (this.#rests.until(lane.key) > this.#couriers.now()) this.#again(lane);
      else this.#run(lane);
    }
  }

  /** Forgets what comes from a shard whose memory is lost; it is dispatched again after loading. */
  drop(source: number): void {
    for (const [key, lane] of this.#lanes) {
      if (lane.source !== source) continue;
      this.#timers.clear(lane.retry);
      lane.rows.length = 0;
      this.#lanes.delete(key);
    }
  }

  #run(lane: Lane): void {
    try {
      while (lane.next < lane.rows.length) {
        const row = lane.rows[lane.next] as OutboxRow;
        this.#couriers.receive(lane.source, row);
        lane.next++;
        void this.#settle(lane, row);
      }
    } catch (error) {
      const mayPass = error instanceof Unavailable && !(error instanceof MachineFailed);
      if (!mayPass) this.#rests.begin(lane.key, this.#couriers.now());
      if (!(error instanceof Unavailable)) this.#couriers.report(error);
      this.#again(lane);
    }
  }

  async #settle(lane: Lane, row: OutboxRow): Promise<void> {
    try {
      await this.#couriers.durable();
    } catch {
      this.#again(lane);
      return;
    }
    if (lane.rows[0] !== row || lane.next === 0) return;
    lane.rows.shift();
    lane.next--;
    this.#rests.forget(lane.key);
    this.#couriers.delivered(lane.source, row);
    if (lane.rows.length === 0) this.#lanes.delete(lane.key);
  }

  /** From the first message that is not durable at its target: order matters more than speed here. */
  #again(lane: Lane): void {
    lane.next = 0;
    if (lane.rows.length === 0) return;
    const soon = this.#couriers.now() + RETRY_AFTER_MS;
    this.#timers.set(lane.retry, Math.max(soon, this.#rests.until(lane.key)));
  }

  #lane(source: number, target: number): Lane {
    const key = `${source}>${target}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      const created: Lane = {
        key,
        source,
        rows: [],
        next: 0,
        retry: { due: 0, place: -1, fire: () => this.#run(created) },
      };
      lane = created;
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}
