import { type Found, showClosed } from '../../kernel/execution-reader.ts';
import type { ExecutionSnapshot } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import { unknownExecution } from './faults.ts';
import type { State } from './machine/state.ts';
import { API, scopeOf } from './names.ts';
import { findFlow } from './resources/flows.ts';
import type { World } from './world.ts';

/** How requests name an execution. */
export interface ExecutionName {
  readonly FlowName: string;
  readonly ExecutionName: string;
}

/** A name within the executions of one flow. */
export interface Target {
  readonly api: string;
  readonly scope: string;
  readonly name: string;
}

function targetOf(cloudflow: Cloudflow, world: World, { FlowName, ExecutionName }: ExecutionName): Target {
  const flow = findFlow(cloudflow, world, FlowName);
  return { api: API, scope: scopeOf(world, flow), name: ExecutionName };
}

/** Open or closed; throws FlowNotExists and ExecutionNotExists. */
export async function findExecution(
  cloudflow: Cloudflow,
  world: World,
  request: ExecutionName,
): Promise<ExecutionSnapshot> {
  const target = targetOf(cloudflow, world, request);
  const found = findOpen(cloudflow, target) ?? (await findClosed(cloudflow, target));
  if (found === undefined) throw unknownExecution(request.FlowName, request.ExecutionName);
  return found;
}

export function findOpen({ kernel }: Cloudflow, target: Target): Found | undefined {
  return kernel.isOpen(target) ? kernel.findOpen(target) : undefined;
}

export async function findClosed(
  { kernel, clock }: Cloudflow,
  { api, scope, name }: Target,
): Promise<ExecutionSnapshot | undefined> {
  const now = clock.now();
  const query = { api, scope, name, now, timeOf: 'started', order: 'newest', limit: 1 } as const;
  const [closed] = await kernel.listClosed(query);
  return closed === undefined ? undefined : showClosed(closed);
}

/** The state of one of this API's executions; it must not be changed. */
export function stateOf({ state }: Pick<ExecutionSnapshot, 'state'>): State {
  return state as State;
}
