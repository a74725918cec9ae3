import { Attempt } from './effect-attempt.ts';
import { NoLongerWanted, NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import { takeLease } from './lease.ts';
import type { LiveExecution, RunningEffect } from './live-execution.ts';
import type { EffectOutcome, EffectRequest, Identity } from './machine.ts';
import type { Timers } from './timers.ts';

const RETRY_AFTER_MS = 1000;

/** Stands for an effect that has told its outcome, until what is durable asks for it no more. */
const TOLD: RunningEffect = { end: () => {} };

/** Does the work of one kind of effect until it is done or aborted; what it throws becomes the outcome's error. */
export interface EffectRunner {
  readonly run: (request: EffectRequest, context: EffectContext) => Promise<unknown>;
  /** Without a heartbeat for so many milliseconds the work is aborted and begun again. */
  readonly leaseMs: number;
}

export interface EffectContext {
  readonly execution: Identity;
  /** Its reason is a `NoLongerWanted` when the work is not to be begun again. */
  readonly signal: AbortSignal;
  readonly heartbeat: () => void;
}

export interface EffectHost {
  now(): number;
  /** Applies a command as the outcome of an effect. */
  apply(execution: LiveExecution, command: unknown): unknown;
  runner(api: string, kind: string): EffectRunner;
  /** Something failed that must not. */
  report(error: unknown): void;
}

/** Runs what durable states ask for, at least once each, and tells the outcomes. */
export class Effects {
  readonly #timers: Timers;
  readonly #host: EffectHost;
  #isEnded = false;

  constructor(timers: Timers, host: EffectHost) {
    this.#timers = timers;
    this.#host = host;
  }

  /** Begins those of the requests that do not run yet, and aborts what runs and is no longer asked for. */
  follow(execution: LiveExecution, requests: readonly EffectRequest[]): void {
    if (this.#isEnded || (requests.length === 0 && execution.effects.size === 0)) return;
    if (execution.effects.size > 0) endOthers(execution, requests);
    for (const request of requests) {
      if (!execution.effects.has(request.key)) void this.#run(execution, request);
    }
  }

  /** Aborts everything; nothing begins any more. */
  end(executions: Iterable<LiveExecution>): void {
    this.#isEnded = true;
    for (const execution of executions) this.stop(execution);
  }

  /** Aborts everything that runs for an execution. */
  stop(execution: LiveExecution): void {
    for (const running of execution.effects.values()) running.end();
    execution.effects.clear();
  }

  async #run(execution: LiveExecution, request: EffectRequest): Promise<void> {
    const { key } = request;
    try {
      let attempt: Attempt;
      let outcome: EffectOutcome | undefined;
      do {
        attempt = new Attempt();
        execution.effects.set(key, attempt);
        outcome = await this.#outcomeOf(attempt, execution.identity, request);
      } while (outcome === undefined && execution.effects.get(key) === attempt);
      if (outcome === undefined || execution.effects.get(key) !== attempt) return;
      await this.#tell(execution, execution.machine.effectFinished(key, outcome));
      if (execution.effects.get(key) === attempt) execution.effects.set(key, TOLD);
    } catch (error) {
      this.#host.report(error);
    }
  }

  /** Works under a lease; undefined when that ran out, or when nobody wants the outcome any more. */
  async #outcomeOf(
    attempt: Attempt,
    execution: Identity,
    request: EffectRequest,
  ): Promise<EffectOutcome | undefined> {
    const runner = this.#host.runner(execution.api, request.kind);
    const lease = takeLease(this.#timers, {
      now: () => this.#host.now(),
      length: runner.leaseMs,
      lost: () => attempt.end(),
    });
    try {
      const context = { execution, signal: attempt.signal, heartbeat: () => lease.renew() };
      return await attempt.outcome(() => runner.run(request, context));
    } finally {
      lease.release();
    }
  }

  /**
   * Tells the execution until it takes it, or until it does not care any more. Should that be lost before it is
   * written, the execution is lost with it, and the effect runs again once it has been read again.
   */
  async #tell(execution: LiveExecution, command: unknown): Promise<void> {
    while (!execution.isGone && execution.closed === undefined) {
      try {
        this.#host.apply(execution, command);
        return;
      } catch (error) {
        if (error instanceof Rejection || error instanceof NoSuchExecution) return;
        if (!(error instanceof Unavailable)) throw error;
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.set({ due: 0, place: -1, fire: resolve }, this.#host.now() + RETRY_AFTER_MS);
    });
  }
}

/** Ends what runs and is no longer asked for. */
function endOthers(execution: LiveExecution, requests: readonly EffectRequest[]): void {
  const wanted = new Set(requests.map((request) => request.key));
  for (const [key, running] of execution.effects) {
    if (wanted.has(key)) continue;
    execution.effects.delete(key);
    // An error costs more than all else here, and mostly nobody would see it.
    if (running !== TOLD) running.end(new NoLongerWanted(key));
  }
}
