import type { EffectContext } from '../../../kernel/effects.ts';
import { Rejection, Unavailable } from '../../../kernel/errors.ts';
import type { EffectRequest } from '../../../kernel/machine.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import { untilAborted } from '../../../lib/until-aborted.ts';
import type { Command } from '../machine/commands.ts';
import type { Work } from '../machine/work.ts';
import type { Transfer } from '../transfer.ts';
import { RoleRights } from './role-rights.ts';
import type { StepContext } from './step-context.ts';

/** What is shown of a step's progress is at most so much older than it. */
const PROGRESS_MS = 2_000;

/** The surroundings of one run of a step. */
export function stepContext(
  transfer: Transfer,
  { input }: Pick<EffectRequest, 'input'>,
  { execution, signal }: Pick<EffectContext, 'execution' | 'signal'>,
): StepContext {
  const work = input as Work;
  const { role, upload } = work.facts;
  const apply = (command: Command): unknown => transfer.kernel.apply(execution, command);
  let hasBegun = work.begunAt !== null;
  return {
    transfer,
    work,
    execution,
    rights: new RoleRights(role, upload.world, transfer.policiesOf(role)),
    mark: `${execution.name}-${work.number}`,
    signal,
    begin: async () => {
      if (hasBegun) return;
      await onceAvailable(transfer.clock, signal, async () => {
        apply({ kind: 'begun', step: work.number });
        await transfer.kernel.durable();
      });
      hasBegun = true;
    },
    progress: progressOf(transfer, work, apply),
  };
}

function progressOf(
  { clock }: Transfer,
  { number: step }: Work,
  apply: (command: Command) => unknown,
): StepContext['progress'] {
  let told = clock.now();
  return (done, total) => {
    if (clock.now() - told < PROGRESS_MS) return;
    told = clock.now();
    try {
      apply({ kind: 'progressed', step, done, total });
    } catch (error) {
      // The step itself does not depend on its being told.
      if (!(error instanceof Unavailable)) throw error;
    }
  };
}

/** Does something for so long at most; ends it with TIMEOUT then. */
export async function withinStepTime<T>(
  { clock, limits }: Transfer,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const callOff = clock.at(clock.now() + limits.stepMs, () => {
    const seconds = limits.stepMs / 1000;
    limit.abort(new Rejection('TIMEOUT', `The step was not done within ${seconds} seconds`));
  });
  try {
    // What does not heed its signal must not hold up the workflow.
    return await untilAborted(limit.signal, run(AbortSignal.any([outer, limit.signal])));
  } finally {
    callOff();
  }
}
