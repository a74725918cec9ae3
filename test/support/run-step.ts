import type { EffectContext, EffectRunner } from '../../src/kernel/effects.ts';
import { Rejection } from '../../src/kernel/errors.ts';

const EXECUTION = { api: 'cloudflow', scope: '000000000000/cn-hangzhou', name: 'e1', id: 'x1', startedAt: 0 };

/** Runs one effect as the kernel does. */
export function runStep(
  runner: EffectRunner,
  input: unknown,
  { signal = new AbortController().signal, ...context }: Partial<EffectContext> = {},
): Promise<unknown> {
  const request = { key: 'e1', kind: 'any', input };
  return runner.run(request, { execution: EXECUTION, heartbeat: () => undefined, ...context, signal });
}

/** Name and cause of the error that an effect must fail with. */
export async function stepFailure(
  runner: EffectRunner,
  input: unknown,
  context: Partial<EffectContext> = {},
): Promise<readonly [name: string, cause: unknown]> {
  const error = await runStep(runner, input, context).catch((reason: unknown) => reason);
  if (error instanceof Rejection) return [error.reason, error.details];
  throw new Error('the step should have been rejected', { cause: error });
}
