import { NoLongerWanted, NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import { takeLease } from './lease.ts';
import type { LiveExecution } from './live-execution.ts';
import type { EffectOutcome, EffectRequest, Identity } from './machine.ts';
import type { Timers } from './timers.ts';

const RETRY_AFTER_MS = 1000;

/** Stands for an effect that has told its outcome, until what is durable asks for it no more. */
const TOLD = new AbortController();

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
    const wanted = new Set(requests.map((request) => request.key));
    for (const [key, controller] of execution.effects) {
      if (wanted.has(key)) continue;
      execution.effects.delete(key);
      if (controller !== TOLD) controller.abort(new NoLongerWanted(key));
    }
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
    for (const controller of execution.effects.values()) if (controller !== TOLD) controller.abort();
    execution.effects.clear();
  }

  async #run(execution: LiveExecution, request: EffectRequest): Promise<void> {
    const controller = new AbortController();
    execution.effects.set(request.key, controller);
    const isCurrent = (): boolean => execution.effects.get(request.key) === controller;
    try {
      while (isCurrent()) {
        const outcome = await this.#attempt(execution, request, controller.signal);
        if (outcome === undefined) continue;
        if (isCurrent()) await this.#tell(execution, execution.machine.effectFinished(request.key, outcome));
        if (isCurrent()) execution.effects.set(request.key, TOLD);
        return;
      }
    } catch (error) {
      this.#host.report(error);
    }
  }

  /** One run under a lease; undefined when the lease ran out. */
  async #attempt(
    execution: LiveExecution,
    request: EffectRequest,
    outer: AbortSignal,
  ): Promise<EffectOutcome | undefined> {
    const expired = new AbortController();
    const runner = this.#host.runner(execution.identity.api, request.kind);
    const lease = takeLease(this.#timers, {
      now: () => this.#host.now(),
      length: runner.leaseMs,
      lost: () => expired.abort(),
    });
    const signal = AbortSignal.any([outer, expired.signal]);
    try {
      const context = { execution: execution.identity, signal, heartbeat: () => lease.renew() };
      const value = await Promise.race([runner.run(request, context), aborted(signal)]);
      return { ok: true, value };
    } catch (error) {
      return expired.signal.aborted ? undefined : toOutcome(error);
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

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function toOutcome(error: unknown): EffectOutcome {
  if (error instanceof Rejection) {
    return { ok: false, error: error.reason, details: error.details ?? error.message };
  }
  return { ok: false, error: 'failed', details: error instanceof Error ? error.message : String(error) };
}
