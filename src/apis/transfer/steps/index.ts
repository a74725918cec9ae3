import type { EffectContext, EffectRunner } from '../../../kernel/effects.ts';
import type { EffectRequest } from '../../../kernel/machine.ts';
import { pause } from '../../../kernel/pause.ts';
import { Slots } from '../../../lib/slots.ts';
import { untilAborted } from '../../../lib/until-aborted.ts';
import type { StepKind, StepOutcome, Work } from '../machine/work.ts';
import type { Transfer } from '../transfer.ts';
import { withAttempts } from './attempts.ts';
import { copyStep } from './copy.ts';
import { CustomCalls } from './custom.ts';
import { decryptStep } from './decrypt.ts';
import { deleteStep } from './delete.ts';
import { Departures } from './departures.ts';
import { stepContext, withinStepTime } from './run-step.ts';
import type { StepContext } from './step-context.ts';
import { badRequest, failureOf } from './step-failure.ts';
import { tagStep } from './tag.ts';

/**
 * Work in this process cannot be lost without being noticed, and after a restart all of it begins anew anyhow, so its lease
 * is longer than any step may take.
 */
const LEASE_MS = 10 * 365 * 86_400_000;

export interface StepRunners {
  readonly effects: Readonly<Record<StepKind, EffectRunner>>;
  /** Ends the functions that still run for steps that are over. */
  readonly stop: () => void;
}

type Perform = (context: StepContext) => Promise<StepOutcome | undefined>;

/** Who does the steps of workflows. They wait until the API is there: executions go on as soon as the kernel is open. */
export function createStepRunners(opened: Promise<Transfer>): StepRunners {
  const calls = new CustomCalls();
  const perform = fileSteps();
  const turn = stepTurns(opened);
  const inSlots = (most: (transfer: Transfer) => number, run: typeof runFileStep): EffectRunner => {
    const parts = opened.then((transfer) => ({ transfer, slots: new Slots(most(transfer)) }));
    return {
      leaseMs: LEASE_MS,
      run: async (request, context) => {
        const { transfer, slots } = await parts;
        await turn(request, context.signal);
        return slots.run(context.signal, () => run(transfer, request, { ...context, perform }));
      },
    };
  };
  const files = inSlots(({ limits }) => limits.concurrentSteps, runFileStep);
  return {
    effects: {
      copy: files,
      tag: files,
      delete: files,
      decrypt: inSlots(({ limits }) => limits.concurrentDecrypts, runFileStep),
      custom: inSlots(
        ({ limits }) => limits.concurrentCalls,
        (transfer, request, context) => runCustomStep(calls, stepContext(transfer, request, context)),
      ),
    },
    stop: () => calls.stop(),
  };
}

/** Whoever sent the file is answered first; what many files start begins, and becomes durable, together. */
function stepTurns(opened: Promise<Transfer>) {
  const parts = opened.then(({ clock, limits }) => ({
    clock,
    departures: new Departures(clock, limits.groupMs),
  }));
  return async ({ input }: EffectRequest, signal: AbortSignal): Promise<void> => {
    const { clock, departures } = await parts;
    const isFirst = (input as Work).number === 1;
    await (isFirst ? departures.next() : pause(clock, 0, signal));
  };
}

function runFileStep(
  transfer: Transfer,
  request: EffectRequest,
  { perform, ...context }: EffectContext & { readonly perform: Perform },
): Promise<StepOutcome | undefined> {
  return withinStepTime(transfer, context.signal, (signal) => {
    const step = stepContext(transfer, request, { ...context, signal });
    return withAttempts(() => perform(step), { clock: transfer.clock, signal, failureOf });
  });
}

/** Ends with the step, even if its function does not: a function that hangs keeps nobody else waiting. */
function runCustomStep(calls: CustomCalls, context: StepContext): Promise<undefined> {
  const { plan } = context.work;
  if (plan.type !== 'CUSTOM') throw badRequest(`A step of type ${plan.type} has no function`);
  return untilAborted(context.signal, calls.run(context, plan.details));
}

function fileSteps(): Perform {
  const tagObject = tagStep();
  return async (context) => {
    const { plan } = context.work;
    switch (plan.type) {
      case 'COPY':
        return copyStep(context, plan.details);
      case 'DECRYPT':
        return decryptStep(context, plan.details);
      case 'TAG':
        return tagObject(context, plan.details);
      case 'DELETE':
        return deleteStep(context);
      case 'CUSTOM':
        throw badRequest('A custom step has no file to work on');
      default:
        return plan satisfies never;
    }
  };
}
