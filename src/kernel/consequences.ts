import type { Effects } from './effects.ts';
import { Unavailable } from './errors.ts';
import type { HistoryCache } from './history-cache.ts';
import { isDurablyClosed, type LiveExecution } from './live-execution.ts';
import type { EffectRequest } from './machine.ts';
import { OpenExecutions } from './open-executions.ts';
import { Rests } from './rests.ts';
import type { Released } from './shard.ts';
import { syncTasks, withdrawTasks } from './sync-tasks.ts';
import type { TaskQueues } from './task-queue.ts';
import type { Timers } from './timers.ts';
import type { Watchers } from './watchers.ts';

const TICK_RETRY_MS = 1000;

export interface ConsequencesParts {
  readonly timers: Timers;
  readonly queues: TaskQueues<LiveExecution>;
  readonly cache: HistoryCache;
  readonly effects: Effects;
  readonly watchers: Watchers;
}

export interface ConsequencesHost {
  now(): number;
  apply(execution: LiveExecution, command: unknown): unknown;
  /** Something failed that must not. */
  report(error: unknown): void;
}

/**
 * What follows from the states of executions: their tasks in the queues, wake times, effects, newest events at hand,
 * places in the list of open ones. What others would see waits until the state is durable.
 */
export class Consequences {
  readonly open = new OpenExecutions();
  readonly #parts: ConsequencesParts;
  readonly #host: ConsequencesHost;
  readonly #touchedQueues = new Set<string>();
  readonly #touch = (queue: string): unknown => this.#touchedQueues.add(queue);
  readonly #rests = new Rests();

  constructor(parts: ConsequencesParts, host: ConsequencesHost) {
    this.#parts = parts;
    this.#host = host;
  }

  /** A command has changed the state and appended these events. */
  advanced(execution: LiveExecution, events: readonly string[]): void {
    const { cache, queues, timers } = this.#parts;
    if (execution.machine.isSeldomFollowed !== true) cache.grow(execution.tail, events);
    if (execution.closed === undefined) {
      if (execution.isResting) return;
      syncTasks(queues, execution, this.#touch);
      if (execution.version === 0) this.open.add(execution);
      this.#setWake(execution);
    } else {
      withdrawTasks(queues, execution);
      timers.clear(execution.timer);
      this.open.remove(execution);
      this.#rests.forget(execution.identity.id);
    }
  }

  /** Read from the store: goes on where it stopped. */
  adopt(executions: readonly LiveExecution[]): void {
    const now = this.#host.now();
    const resuming: LiveExecution[] = [];
    for (const execution of executions) {
      this.open.add(execution);
      const restsUntil = this.#rests.until(execution.identity.id);
      execution.isResting = restsUntil > now;
      if (execution.isResting) this.#parts.timers.set(execution.timer, restsUntil);
      else resuming.push(execution);
    }
    this.#queueOffers(resuming);
    for (const execution of resuming) this.#resume(execution);
  }

  /** What was written may show. */
  released({ executions }: Released): void {
    const { cache, effects, watchers } = this.#parts;
    for (const { execution, effects: requests } of executions) {
      const isAtWork = execution.closed === undefined && !execution.isResting;
      if (!execution.isGone) effects.follow(execution, isAtWork ? requests : []);
      // Who follows one that has ended reads its last events from memory.
      watchers.notify(execution);
      if (isDurablyClosed(execution)) cache.drop(execution.tail);
    }
  }

  /** Its memory is not to be used any more; reading it again begins with `adopt`. */
  forsake(execution: LiveExecution): void {
    const { cache, effects, queues, timers } = this.#parts;
    execution.isGone = true;
    withdrawTasks(queues, execution);
    timers.clear(execution.timer);
    effects.stop(execution);
    cache.drop(execution.tail);
    this.open.remove(execution);
  }

  /** Its machine failed: once it is read again it is left alone for a while. */
  rest(id: string): void {
    this.#rests.begin(id, this.#host.now());
  }

  /** Hands out what was offered since the last time. */
  matchTouched(): void {
    for (const queue of this.#touchedQueues) {
      this.#touchedQueues.delete(queue);
      this.#parts.queues.match(queue);
    }
  }

  /** The wake time of an execution has come. */
  wake(execution: LiveExecution): void {
    if (execution.isResting) this.#endRest(execution);
    else this.#tick(execution);
  }

  effectsOf(execution: LiveExecution): readonly EffectRequest[] {
    if (execution.closed !== undefined || execution.isGone) return [];
    try {
      return [...execution.machine.effects(execution.state)];
    } catch (error) {
      this.#host.report(error);
      return [];
    }
  }

  #tick(execution: LiveExecution): void {
    try {
      this.#host.apply(execution, execution.machine.tick());
    } catch (error) {
      if (!(error instanceof Unavailable)) this.#host.report(error);
    }
    const isAsleep = execution.isGone || execution.closed !== undefined || execution.timer.place >= 0;
    // Nothing has changed, so its wake time is still this one.
    if (!isAsleep) this.#parts.timers.set(execution.timer, this.#host.now() + TICK_RETRY_MS);
  }

  #endRest(execution: LiveExecution): void {
    execution.isResting = false;
    syncTasks(this.#parts.queues, execution, this.#touch);
    this.#resume(execution);
    this.matchTouched();
  }

  #resume(execution: LiveExecution): void {
    this.#setWake(execution);
    this.#parts.effects.follow(execution, this.effectsOf(execution));
  }

  #setWake({ machine, state, timer }: LiveExecution): void {
    const { timers } = this.#parts;
    const wake = machine.wake(state);
    if (wake === undefined) timers.clear(timer);
    else if (timer.place < 0 || timer.due !== wake) timers.set(timer, wake);
  }

  /** Oldest first, so that each finds its place at the end of its queue. */
  #queueOffers(executions: readonly LiveExecution[]): void {
    const { queues } = this.#parts;
    const offers = executions.flatMap((execution) =>
      [...execution.machine.offers(execution.state)].map((offer) => ({ offer, execution })),
    );
    offers.sort((a, b) => a.offer.since - b.offer.since);
    for (const { offer, execution } of offers) {
      execution.tasks.set(offer.key, queues.offer(offer, execution));
    }
  }
}
