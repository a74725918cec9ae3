import { newUuid } from '../../kernel/ids.ts';
import type { Cloudflow } from './cloudflow.ts';
import { findClosed, findOpen, stateOf, type Target } from './executions.ts';
import { fault, throttled, unknownFlow } from './faults.ts';
import { wrongMode } from './inferred.ts';
import { checkInput } from './json-text.ts';
import type { Callback, StartCommand } from './machine/commands.ts';
import type { MapRunOfChild } from './machine/effects.ts';
import type { ExecutionFacts } from './machine/state.ts';
import { API, scopeOf } from './names.ts';
import { type Flow, findFlow } from './resources/flows.ts';
import { qualified, type RunnableFlow } from './resources/qualifiers.ts';
import type { World } from './world.ts';

/** An execution to be started, by a client or by the engine itself. */
export interface StartRequest {
  readonly flowName: string;
  /** Absent is a new UUID. */
  readonly executionName?: string | undefined;
  /** JSON text of an object, `{}` where absent. Children of map runs may have any JSON value. */
  readonly input?: string | undefined;
  /** A version's number or an alias. */
  readonly qualifier?: string | undefined;
  /** The task to be told of the end. */
  readonly callback?: Callback | undefined;
  /** Set when a task starts it: the same for the same attempt, which may be made again and must not start it twice. */
  readonly origin?: string | undefined;
  /** Set for a child of a distributed map: what it runs instead of the flow's own definition. */
  readonly mapRun?: MapRunOfChild | undefined;
  /** Of the task that starts it: once aborted nothing is started, since nobody would end it any more. */
  readonly signal?: AbortSignal | undefined;
}

/** `isNew` is false for an execution of that name that was there already. */
export interface Started {
  readonly id: string;
  readonly name: string;
  readonly facts: ExecutionFacts;
  readonly isNew: boolean;
}

/**
 * Starts an execution in standard mode, or gives the one that is open under that name. It need not be durable yet: await
 * `kernel.durable()` before anybody hears of it. Throws FlowNotExists, FlowVersionNotExists, FlowAliasNotExists,
 * ExecutionAlreadyExists, InvalidArgument, ActionNotSupported for express flows, ResourceThrottled.
 */
export async function startExecution(
  cloudflow: Cloudflow,
  world: World,
  request: StartRequest,
): Promise<Started> {
  const { flowName, executionName } = request;
  const flow = findFlow(cloudflow, world, flowName);
  if (flow.mode !== 'Standard' && request.mapRun === undefined) throw wrongMode(flow.mode);
  if (executionName === undefined) return begin(cloudflow, { world, flow, request, name: newUuid() });
  const target = { api: API, scope: scopeOf(world, flow), name: executionName };
  // Else two callers might both find that there is none, and one execution have ended before the other begins.
  const giveBack = await cloudflow.starting.take(`${target.scope}/${executionName}`);
  try {
    const there = await joinStarted(cloudflow, target, request);
    if (there !== undefined) return there;
    // What was found before the wait may be gone or changed.
    const present = findFlow(cloudflow, world, flowName);
    if (present.id !== flow.id) throw unknownFlow(flowName);
    request.signal?.throwIfAborted();
    return begin(cloudflow, { world, flow: present, request, name: executionName });
  } finally {
    giveBack();
  }
}

/** Starts an execution of an express flow; its name must be new. Throws as `startExecution` does. */
export function startExpress(
  cloudflow: Cloudflow,
  world: World,
  request: StartRequest & { readonly executionName: string },
): Started {
  const flow = findFlow(cloudflow, world, request.flowName);
  if (flow.mode !== 'Express') throw wrongMode(flow.mode);
  return begin(cloudflow, { world, flow, request, name: request.executionName });
}

/**
 * The execution of that name if it is open, or was started by the very same attempt of a task; throws ExecutionAlreadyExists
 * for any other closed one. An open one will tell the callback of its end.
 */
async function joinStarted(
  cloudflow: Cloudflow,
  target: Target,
  { flowName, origin, callback, mapRun, signal }: StartRequest,
): Promise<Started | undefined> {
  const found = findOpen(cloudflow, target) ?? (await findClosed(cloudflow, target));
  signal?.throwIfAborted();
  if (found === undefined) return undefined;
  const facts = stateOf(found);
  const started: Started = { id: found.identity.id, name: target.name, facts, isNew: false };
  if (origin !== undefined && originsOf(facts).includes(origin)) return started;
  // A map's own children run something else than other executions of its flow.
  if (found.summary.endedAt !== undefined || mapRun !== undefined) {
    throw fault(
      'ExecutionAlreadyExists',
      `Execution '${target.name}' for flow '${flowName}' already exists.`,
    );
  }
  if (callback !== undefined) {
    const follower = { ...callback, ...(origin !== undefined && { origin }) };
    cloudflow.kernel.apply(target, { kind: 'follow', follower });
  }
  return started;
}

/** Which attempts of tasks have started it, or have come to wait for it. */
function originsOf({ origin, followers = [] }: ExecutionFacts): readonly (string | undefined)[] {
  return [origin, ...followers.map((each) => each.origin)];
}

interface Beginning {
  readonly world: World;
  readonly flow: Flow;
  readonly request: StartRequest;
  readonly name: string;
}

function begin(cloudflow: Cloudflow, beginning: Beginning): Started {
  const { world, flow, name } = beginning;
  const { kernel, limits } = cloudflow;
  const command = commandOf(cloudflow, beginning);
  const target = { api: API, scope: scopeOf(world, flow), name };
  if (kernel.countOpen(API, target.scope) >= limits.openExecutions) throw throttled();
  const { id, startedAt } = kernel.start(target, command).identity;
  const { kind: _, ...given } = command;
  return { id, name, isNew: true, facts: { ...given, status: 'Running', startedAt } };
}

function commandOf(cloudflow: Cloudflow, { world, flow, request }: Beginning): StartCommand {
  const { input = '{}', qualifier, callback, origin, mapRun } = request;
  if (mapRun === undefined) checkInput(cloudflow, 'Input', input);
  const run: RunnableFlow =
    mapRun === undefined
      ? qualified(cloudflow, { world, flow }, qualifier)
      : { ...flow, definition: mapRun.definition, language: 'state-machine', version: '' };
  const mode = mapRun?.mode ?? flow.mode;
  return {
    kind: 'start',
    flow: { name: flow.name, mode, roleArn: run.roleArn, version: run.version },
    definition: run.definition,
    input,
    environment: run.environment.map(({ Name: name, Value: value = '' }) => ({ name, value })),
    limits: cloudflow.limits.of({ language: run.language, mode }),
    ...(callback !== undefined && { callback }),
    ...(origin !== undefined && { origin }),
    ...(mapRun !== undefined && { mapRun: mapRun.name, list: mapRun.list }),
  };
}
