import { NoSuchExecution } from '../../kernel/errors.ts';
import type { Found, FoundOpen } from '../../kernel/execution-reader.ts';
import { unknownExecution } from './faults.ts';
import type { SwfCommand } from './machine/commands.ts';
import type { SwfState } from './machine/state.ts';
import type { WorkflowExecution } from './machine/values.ts';
import { API, scopeOf } from './names.ts';
import { findDomain } from './resources/domains.ts';
import type { Swf } from './swf.ts';
import type { TaskRef } from './tokens.ts';
import type { World } from './world.ts';

/** How requests name an execution that must be open. */
export interface OpenTarget {
  readonly domain: string;
  readonly workflowId: string;
  /** Absent or empty means whichever run is open. */
  readonly runId?: string | undefined;
}

/** Applies a command to an open execution; throws UnknownResourceFault. */
export function applyToOpen(swf: Swf, world: World, request: OpenTarget & { command: SwfCommand }): unknown {
  const { domain, workflowId, command } = request;
  const runId = request.runId === '' ? undefined : request.runId;
  findDomain(swf, world, domain);
  const address = { api: API, scope: scopeOf(world, domain), name: workflowId };
  try {
    return swf.kernel.apply(runId === undefined ? address : { ...address, id: runId }, command);
  } catch (error) {
    throw error instanceof NoSuchExecution ? unknownExecution({ workflowId, runId }) : error;
  }
}

/** An execution of a domain, open or closed; throws UnknownResourceFault. */
export async function findExecution(
  swf: Swf,
  world: World,
  request: { readonly domain: string; readonly execution: WorkflowExecution },
): Promise<Found> {
  const { domain, execution } = request;
  findDomain(swf, world, domain);
  const found = await swf.kernel.find(execution.runId).catch((error: unknown) => {
    throw error instanceof NoSuchExecution ? unknownExecution(execution) : error;
  });
  const { api, scope, name } = found.identity;
  if (api !== API || scope !== scopeOf(world, domain) || name !== execution.workflowId) {
    throw unknownExecution(execution);
  }
  return found;
}

/** The open execution that a task token belongs to; rejects with UnknownResourceFault when it is closed or not the caller's. */
export function findByTask(swf: Swf, world: World, { runId }: TaskRef): FoundOpen | Promise<never> {
  const open = swf.kernel.findOpenById(runId);
  return open !== undefined && isOwn(open, world) ? open : refuseTask(swf, world, runId);
}

async function refuseTask(swf: Swf, world: World, runId: string): Promise<never> {
  const closed = await findIfKnown(swf, runId);
  const workflowId = closed !== undefined && isOwn(closed, world) ? closed.identity.name : '';
  throw unknownExecution({ workflowId, runId });
}

/** Whoever asks while it is read again must hear that, not that there is none. */
async function findIfKnown(swf: Swf, runId: string): Promise<Found | undefined> {
  try {
    return await swf.kernel.find(runId);
  } catch (error) {
    if (error instanceof NoSuchExecution) return undefined;
    throw error;
  }
}

/** Applies a worker's answer to the execution of its task; rejects as `findByTask` does. */
export function applyToTask(
  swf: Swf,
  world: World,
  request: { readonly task: TaskRef; readonly command: SwfCommand },
): unknown {
  const found = findByTask(swf, world, request.task);
  return found instanceof Promise ? found : swf.kernel.apply(found.identity, request.command);
}

function isOwn({ identity }: Pick<Found, 'identity'>, world: World): boolean {
  return identity.api === API && identity.scope.startsWith(scopeOf(world, ''));
}

/** The part of a kernel scope that is the domain's name. */
export function domainOfScope(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** The state of one of this API's executions. */
export function stateOf(found: Pick<Found, 'state'>): SwfState {
  return found.state as SwfState;
}
