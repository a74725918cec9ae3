import type { CallFunction } from '../../../functions/call-function.ts';
import { FunctionFailed, functionFailed } from '../../../functions/function-failed.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { LambdaInput } from '../machine/offers.ts';

const MAX_RESULT = 32_768;

/**
 * A function may run for 900 s, after which the machine itself ends it. The lease outlasts that, so that no function is
 * called again while its first call goes on: a call in this process cannot be lost without being noticed, and after a
 * restart every call begins anew anyhow. So no heartbeat is needed either.
 */
const LEASE_MS = 1_000_000;

/** Calls the function of a Lambda step; a failure carries the reason and details of LambdaFunctionFailed. */
export function lambdaStep(callFunction: CallFunction): EffectRunner {
  return {
    leaseMs: LEASE_MS,
    run: async ({ key, input: given }, { execution, signal }) => {
      const { functionName, input } = given as LambdaInput;
      const context = { idempotencyKey: `${execution.id}-${key}` };
      try {
        return fitting(await callFunction(functionName, input || '{}', { signal, context }));
      } catch (error) {
        if (!(error instanceof FunctionFailed)) throw error;
        throw new Rejection(error.kind, error.message, error.payload);
      }
    },
  };
}

/** (Inferred) a cut result would be no JSON any more, so one that does not fit into its event is a failure. */
function fitting(result: string): string {
  if (result.length <= MAX_RESULT) return result;
  throw functionFailed('Unhandled', {
    errorType: 'ResultTooLong',
    errorMessage: `The result has ${result.length} characters; at most ${MAX_RESULT} fit into the history`,
  });
}
