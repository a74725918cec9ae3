import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { Identity } from '../../../kernel/machine.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import type { FunctionCall } from '../machine/effects.ts';
import { WHOLE_TASK_MS } from './lease.ts';

/**
 * Accepts a call of a function that is made on its own, whatever becomes of the execution whose task asks for it. Resolves
 * once that is durable; asked again with the same idempotency it is one call. Throws `Unavailable`.
 */
export type AcceptInvocation = (call: FunctionCall, execution: Identity) => Promise<void>;

export interface AsyncFunctionOptions {
  readonly acceptInvocation: AcceptInvocation;
  /** Whether there is a function that an ARN ends in. */
  readonly hasFunction: (resource: string) => boolean;
  readonly clock: Clock;
}

/** Has a function called without waiting for its answer; its outcome is null. */
export function asyncFunctionStep({
  acceptInvocation,
  hasFunction,
  clock,
}: AsyncFunctionOptions): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input }, { execution, signal }): Promise<null> => {
      const call = input as FunctionCall;
      if (!hasFunction(call.resource)) throw unknownFunction(call.resource);
      await onceAvailable(clock, signal, () => acceptInvocation(call, execution));
      return null;
    },
  };
}

function unknownFunction(resource: string): Rejection {
  const cause = `Function not found: ${resource}`;
  return new Rejection('FC.FunctionNotFound', cause, cause);
}
