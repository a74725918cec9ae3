import { Rejection } from './errors.ts';
import type { RunningEffect } from './live-execution.ts';
import type { EffectOutcome } from './machine.ts';

/** Work that ends with its outcome, or without one as soon as it is told to: it need not obey the signal. */
export class Attempt implements RunningEffect {
  readonly #controller = new AbortController();
  readonly #ended = Promise.withResolvers<EffectOutcome | undefined>();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  outcome(work: () => Promise<unknown>): Promise<EffectOutcome | undefined> {
    const { promise, resolve } = this.#ended;
    try {
      work().then(
        (value) => resolve({ ok: true, value }),
        (error) => resolve(toOutcome(error)),
      );
    } catch (error) {
      resolve(toOutcome(error));
    }
    return promise;
  }

  end(reason?: unknown): void {
    this.#ended.resolve(undefined);
    this.#controller.abort(reason);
  }
}

function toOutcome(error: unknown): EffectOutcome {
  if (error instanceof Rejection) {
    return { ok: false, error: error.reason, details: error.details ?? error.message };
  }
  return { ok: false, error: 'failed', details: error instanceof Error ? error.message : String(error) };
}
