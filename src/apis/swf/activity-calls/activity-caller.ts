import { createHash } from 'node:crypto';
import type { Activity, CallActivity } from '../../../functions/call-function.ts';
import { type FunctionFailed, functionFailed } from '../../../functions/function-failed.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { NoLongerWanted, NoSuchExecution, Rejection, Unavailable } from '../../../kernel/errors.ts';
import type { Found } from '../../../kernel/execution-reader.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Address } from '../../../kernel/machine.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import { stateOf } from '../executions.ts';
import type { Start, StartedDecisionTask, SwfCommand } from '../machine/commands.ts';
import type { HistoryEvent } from '../model/types.gen.ts';
import { API, scopeOf } from '../names.ts';
import { type Domain, domainsOf, retentionDays } from '../resources/domains.ts';
import type { World } from '../world.ts';
import { decide, resultOf, typesFor } from './decider.ts';

export interface ActivityCallerOptions {
  /** Functions may be called while the kernel is still being opened. */
  readonly kernel: Promise<Kernel>;
  readonly clock: Clock;
  /** Whose domains are meant unless the configuration says otherwise. */
  readonly world: World;
}

const WORKFLOW_TYPE = { name: 'orrery-function', version: '1' };
/** Its decisions are taken here; nobody needs to poll this list. */
const TASK_LIST = { name: 'orrery-functions' };
const YEAR_SECONDS = '31536000';
const NAME_CHARACTERS = 32;

/**
 * Has workers of SWF do activities. Each is in an execution of its own in the domain, found again by its name: so it
 * survives restarts like any other, and whoever may see the domain sees what became of it.
 */
export function activityCaller({ kernel: opened, clock, world }: ActivityCallerOptions): CallActivity {
  return async (activity, event, { signal, context }) => {
    const kernel = await opened;
    const call: ActivityCall = {
      kernel,
      clock,
      activity,
      event,
      world: { account: activity.account ?? world.account, region: activity.region ?? world.region },
      name: nameOf(context.idempotencyKey),
      signal,
    };
    try {
      return await onceAvailable(clock, signal, () => carryOut(call));
    } finally {
      if (signal.reason instanceof NoLongerWanted) terminate(call);
    }
  };
}

interface ActivityCall {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly event: string;
  readonly world: World;
  readonly name: string;
  readonly signal: AbortSignal;
}

const addressOf = ({ world, activity, name }: ActivityCall): Address => ({
  api: API,
  scope: scopeOf(world, activity.domain),
  name,
});

/** Clients choose any key, but not every text can be the name of an execution. */
function nameOf(idempotencyKey: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex');
  return `function-${digest.slice(0, NAME_CHARACTERS)}`;
}

/** Starts or finds the execution, decides for it until it has closed, and tells what its activity came to. */
async function carryOut(call: ActivityCall): Promise<string> {
  const { kernel, signal } = call;
  const id = await findOrStart(call);
  for (;;) {
    // Watched before it is read: what changes in between is not missed.
    const change = nextChange(call, id);
    try {
      const found = await kernel.find(id);
      if (found.summary.endedAt !== undefined) return resultOf(await durableEvents(kernel, found));
      // What is lost before it is written is begun anew.
      if (await takeDecision(call, found)) await kernel.durable();
      else await change.happened;
      signal.throwIfAborted();
    } finally {
      change.forget();
    }
  }
}

/** The id of the execution for this key: open, closed, or a new one. */
async function findOrStart(call: ActivityCall): Promise<string> {
  const { kernel, clock } = call;
  const address = addressOf(call);
  const query = { ...address, now: clock.now(), timeOf: 'started', order: 'newest', limit: 1 } as const;
  const closed = kernel.isOpen(address) ? [] : await kernel.listClosed(query);
  // Another call with this key may have started it while the list was read.
  if (kernel.isOpen(address)) return kernel.findOpen(address).identity.id;
  return closed[0]?.id ?? start(call);
}

function start(call: ActivityCall): string {
  const { kernel, activity, world, event } = call;
  const domain = kernel.records.get<Domain>(domainsOf(world), activity.domain)?.document;
  if (domain?.status !== 'REGISTERED') throw noDomain(activity.domain);
  const command: Start = {
    type: 'start',
    workflowType: WORKFLOW_TYPE,
    taskList: TASK_LIST,
    executionStartToCloseTimeout: YEAR_SECONDS,
    taskStartToCloseTimeout: '60',
    childPolicy: 'TERMINATE',
    input: event,
    // It must outlive its own end for as long as a restart may take.
    retentionDays: Math.max(1, retentionDays(domain)),
  };
  return kernel.start(addressOf(call), command).identity.id;
}

function noDomain(name: string): FunctionFailed {
  const errorType = 'UnknownResourceFault';
  const details = { errorType, errorMessage: `Unknown or deprecated domain: ${name}` };
  return functionFailed(errorType, details, { by: 'service', status: 404, code: 'FunctionNotFound' });
}

/** False when there is nothing to decide. */
async function takeDecision({ kernel, activity, event }: ActivityCall, found: Found): Promise<boolean> {
  const task = stateOf(found).decision;
  if (task === null || task.startedEventId !== 0) return false;
  const { scheduledEventId } = task;
  const decisions = decide(await eventsOf(kernel, found), activity, event);
  const apply = (command: SwfCommand): unknown => kernel.apply(found.identity, command);
  try {
    // What has happened while the history was read would otherwise be decided upon without having been seen.
    if (kernel.findOpen(found.identity).eventCount !== found.eventCount) return true;
    const started = apply({ type: 'start-decision-task', scheduledEventId, identity: WORKFLOW_TYPE.name });
    const { startedEventId } = started as StartedDecisionTask;
    const types = typesFor(activity);
    apply({ type: 'complete-decision-task', scheduledEventId, startedEventId, decisions, types });
    return true;
  } catch (error) {
    // Somebody else has taken the task, or has ended the execution: what follows from that is seen next.
    if (error instanceof Rejection || error instanceof NoSuchExecution) return true;
    throw error;
  }
}

async function durableEvents(kernel: Kernel, found: Found): Promise<readonly HistoryEvent[]> {
  await kernel.durable();
  return eventsOf(kernel, found);
}

async function eventsOf(kernel: Kernel, { identity, eventCount }: Found): Promise<readonly HistoryEvent[]> {
  const texts = await kernel.history(identity.id, 1, eventCount);
  return texts.map((text) => JSON.parse(text) as HistoryEvent);
}

function nextChange(
  { kernel, signal }: ActivityCall,
  id: string,
): { readonly happened: Promise<void>; readonly forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  const unwatch = kernel.watchers.watch(id, wake);
  signal.addEventListener('abort', wake, { once: true });
  const forget = (): void => {
    unwatch();
    signal.removeEventListener('abort', wake);
  };
  return { happened: promise, forget };
}

/** Nobody asks for the result any more; a worker hears of it with its next heartbeat or its answer. */
function terminate(call: ActivityCall): void {
  try {
    call.kernel.apply(addressOf(call), {
      type: 'terminate',
      reason: 'The function is no longer wanted',
    } satisfies SwfCommand);
  } catch (error) {
    const isOver = error instanceof NoSuchExecution || error instanceof Rejection;
    if (!isOver && !(error instanceof Unavailable)) throw error;
  }
}
