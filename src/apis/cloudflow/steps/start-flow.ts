import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import type { Json } from '../language/json.ts';
import type { FlowCall } from '../machine/effects.ts';
import { flowErrorName } from './inferred.ts';
import { WHOLE_TASK_MS } from './lease.ts';
import type { StartFlow } from './own-operations.ts';

/** Starts an execution of another flow; its outcome is what StartExecution answers. */
export function startFlowStep(startFlow: StartFlow, clock: Clock): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input, key }, { execution, signal }): Promise<Json> => {
      const context = { execution, signal, idempotency: `${execution.id}.${key}` };
      try {
        return await onceAvailable(clock, signal, () => startFlow(input as FlowCall, context));
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        throw new Rejection(flowErrorName(error.reason), error.message, error.message);
      }
    },
  };
}
