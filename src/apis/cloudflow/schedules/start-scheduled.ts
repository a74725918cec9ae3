import type { Clock } from '../../../kernel/clock.ts';
import type { EffectContext, EffectRunner } from '../../../kernel/effects.ts';
import { Rejection, Unavailable } from '../../../kernel/errors.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { unknownFlow } from '../faults.ts';
import { inputOfScheduled, nameOfScheduled } from '../inferred.ts';
import type { JsonObject } from '../language/json.ts';
import { readScope } from '../names.ts';
import { findFlow } from '../resources/flows.ts';
import { startExecution } from '../start-execution.ts';
import type { ScheduledStart } from './machine.ts';

const LEASE_MS = 60_000;
const RETRY_AFTER_MS = 1000;

/** Starts an execution of a schedule's flow, once for each due time; gives its name. */
export function scheduledStart(opened: Promise<Cloudflow>): EffectRunner {
  return {
    leaseMs: LEASE_MS,
    run: async ({ input }, context) => {
      const cloudflow = await opened;
      while (true) {
        try {
          return await start(cloudflow, input as ScheduledStart, context);
        } catch (error) {
          // What throttles or cannot write at the moment will be over; the due time must not be lost for it.
          if (!isPassing(error) || context.signal.aborted) throw error;
        }
        context.heartbeat();
        await pause(cloudflow.clock, context.signal);
      }
    },
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof Unavailable || (error instanceof Rejection && error.reason === 'ResourceThrottled');
}

async function start(
  cloudflow: Cloudflow,
  { due, scheduleId, settings }: ScheduledStart,
  { execution }: EffectContext,
): Promise<string> {
  const { world, flow } = readScope(execution.scope);
  if (findFlow(cloudflow, world, flow.name).id !== flow.id) throw unknownFlow(flow.name);
  const executionName = nameOfScheduled(scheduleId, due);
  const payload = (settings.payload === '' ? {} : JSON.parse(settings.payload)) as JsonObject;
  const input = JSON.stringify(inputOfScheduled({ schedule: settings.name, due, payload }));
  try {
    await startExecution(cloudflow, world, { flowName: flow.name, executionName, input });
  } catch (error) {
    // Started before, and ended since.
    if (!(error instanceof Rejection) || error.reason !== 'ExecutionAlreadyExists') throw error;
  }
  await cloudflow.kernel.durable();
  return executionName;
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const disarm = clock.at(clock.now() + RETRY_AFTER_MS, resolve);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(disarm);
}
