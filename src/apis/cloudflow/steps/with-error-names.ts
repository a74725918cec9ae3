import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { engineErrorName } from './inferred.ts';

/** The same work, but whatever it throws has a name that flows know. */
export function withErrorNames(runner: EffectRunner): EffectRunner {
  return {
    ...runner,
    run: async (request, context) => {
      try {
        return await runner.run(request, context);
      } catch (error) {
        context.signal.throwIfAborted();
        if (error instanceof Rejection) throw error;
        const cause = error instanceof Error ? error.message : String(error);
        throw new Rejection(engineErrorName(), cause, cause);
      }
    },
  };
}
