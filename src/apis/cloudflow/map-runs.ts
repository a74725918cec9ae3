import type { ExecutionSnapshot } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import { type ExecutionName, findExecution, stateOf } from './executions.ts';
import { fault } from './faults.ts';
import type { MapRun } from './machine/state.ts';
import type { World } from './world.ts';

/** Throws FlowNotExists, ExecutionNotExists and MapRunNotExists. */
export async function findMapRun(
  cloudflow: Cloudflow,
  world: World,
  request: ExecutionName & { readonly MapRunName: string },
): Promise<{ readonly execution: ExecutionSnapshot; readonly run: MapRun }> {
  const { MapRunName: name } = request;
  const execution = await findExecution(cloudflow, world, request);
  const { mapRuns } = stateOf(execution);
  const run = Object.hasOwn(mapRuns, name) ? mapRuns[name] : undefined;
  if (run !== undefined) return { execution, run };
  const where = `execution '${request.ExecutionName}' for flow '${request.FlowName}'`;
  throw fault('MapRunNotExists', `Map run '${name}' of ${where} does not exist.`);
}
