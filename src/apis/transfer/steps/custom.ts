import { FunctionFailed } from '../../../functions/function-failed.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { NoLongerWanted } from '../../../kernel/errors.ts';
import type { CustomStepDetails } from '../model/types.gen.ts';
import { withAttempts } from './attempts.ts';
import { customEvent } from './custom-event.ts';
import { functionFailure } from './function-failure.ts';
import type { StepContext } from './step-context.ts';
import { failureOf, type StepFailure } from './step-failure.ts';

/** No function runs longer, whatever becomes of its step; and no step waits longer for one. */
const LONGEST_CALL_MS = 1_800_000;

/** Calls that outlive their steps; what never returns would take all connections that the process may have. */
const MOST_LEFT = 1_000;

/** Calls of functions that go on when their steps are over, as they do where functions are a service of their own. */
export class CustomCalls {
  readonly #open = new Set<AbortController>();
  /** Those whose steps are over, the oldest first. */
  readonly #left = new Set<AbortController>();
  readonly #mostLeft: number;

  constructor(mostLeft = MOST_LEFT) {
    this.#mostLeft = mostLeft;
  }

  /** Ends all calls. */
  stop(): void {
    for (const call of this.#open) call.abort();
  }

  /**
   * Calls a custom step's function; what it returns does not matter, as its answer is a request.
   * https://docs.aws.amazon.com/transfer/latest/userguide/custom-step-details.html
   */
  async run(context: StepContext, { Target: target = '' }: CustomStepDetails): Promise<undefined> {
    const { transfer, signal, rights } = context;
    rights.onFunction(target);
    await context.begin();
    signal.throwIfAborted();
    const options = { clock: transfer.clock, signal, failureOf: failureOfCall };
    await withAttempts(() => this.#call(context, target), options);
    return undefined;
  }

  async #call(context: StepContext, target: string): Promise<void> {
    const { transfer, execution, work, mark } = context;
    const { facts, source, number: step } = work;
    const executionId = execution.name;
    const token = transfer.workflowRuns.tokens.tokenOf({ workflowId: facts.workflowId, executionId, step });
    const event = customEvent({ token, executionId, facts, source });
    const call = this.#begin(context.signal, transfer.clock);
    try {
      const options = { signal: call.signal, context: { idempotencyKey: mark } };
      await transfer.callFunction(target, event, options);
    } catch (error) {
      if (!(error instanceof FunctionFailed) || functionFailure(error) !== undefined) throw error;
    } finally {
      call.end();
    }
  }

  #begin(wanted: AbortSignal, clock: Clock): { readonly signal: AbortSignal; readonly end: () => void } {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    // A step that is over does not end its function: it may have more to do than to answer.
    const ended = (): void => {
      if (wanted.reason instanceof NoLongerWanted) this.#leave(controller);
      else abort();
    };
    wanted.addEventListener('abort', ended, { once: true });
    const callOff = clock.at(clock.now() + LONGEST_CALL_MS, abort);
    this.#open.add(controller);
    return {
      signal: controller.signal,
      end: () => {
        wanted.removeEventListener('abort', ended);
        callOff();
        this.#open.delete(controller);
        this.#left.delete(controller);
      },
    };
  }

  #leave(call: AbortController): void {
    this.#left.add(call);
    if (this.#left.size <= this.#mostLeft) return;
    const [oldest = call] = this.#left;
    this.#left.delete(oldest);
    oldest.abort();
  }
}

function failureOfCall(error: unknown): StepFailure {
  return (error instanceof FunctionFailed ? functionFailure(error) : undefined) ?? failureOf(error);
}
