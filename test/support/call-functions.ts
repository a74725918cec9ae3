import type { TestContext } from 'node:test';
import type { FunctionConfig } from '../../src/functions/function-config.ts';
import { FunctionFailed } from '../../src/functions/function-failed.ts';
import { createFunctions } from '../../src/functions/functions.ts';
import { systemClock } from '../../src/kernel/clock.ts';

export interface TestFunctions {
  /** Which function printed something first, and what. */
  readonly firstPrinted: Promise<readonly [name: string, text: string]>;
  call(name: string, event?: unknown, signal?: AbortSignal): Promise<unknown>;
  /** The failure of a call that must fail. */
  failure(name: string, event?: unknown): Promise<Failure>;
}

export interface Failure {
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Bounds {
  readonly answerBytes?: number;
  readonly concurrency?: number;
  readonly after?: typeof callAfter;
}

/** In real time. */
export function callAfter(milliseconds: number, call: () => void): () => void {
  return systemClock.at(systemClock.now() + milliseconds, call);
}

/** Functions of these configurations, ended with the test. */
export function callFunctions(
  test: TestContext,
  configs: Readonly<Record<string, FunctionConfig>>,
  { answerBytes = 1_000_000, concurrency = 8, after = callAfter }: Bounds = {},
): TestFunctions {
  const printed = Promise.withResolvers<readonly [string, string]>();
  const print = (name: string, text: string): void => printed.resolve([name, text]);
  const callActivity = (): Promise<never> => Promise.reject(new Error('there are no workers here'));
  const functions = createFunctions(configs, {
    answerBytes,
    concurrency,
    print,
    callActivity,
    after,
  });
  test.after(() => functions.stop());
  const call: TestFunctions['call'] = async (name, event = {}, signal = new AbortController().signal) => {
    const context = { idempotencyKey: 'key-1' };
    return JSON.parse(await functions.call(name, JSON.stringify(event), { signal, context }));
  };
  const failure: TestFunctions['failure'] = async (name, event) => {
    const error = await call(name, event).catch((reason: unknown) => reason);
    if (error instanceof FunctionFailed) return { kind: error.kind, payload: JSON.parse(error.payload) };
    throw new Error(`${name} should have failed`, { cause: error });
  };
  return { firstPrinted: printed.promise, call, failure };
}
