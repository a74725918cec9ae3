import type { VersionedRecord } from '../../../kernel/records.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { unknownFlow } from '../faults.ts';
import type { Plan } from '../language/plan.ts';
import { API, type FlowKey } from '../names.ts';
import type { World } from '../world.ts';

export interface Variable {
  readonly Name: string;
  readonly Value?: string;
  readonly Description?: string;
}

/** A flow as it is stored. Times are epoch milliseconds. */
export interface Flow extends FlowKey {
  readonly description: string;
  readonly type: string;
  readonly definition: string;
  readonly language: Plan['language'];
  readonly mode: 'Standard' | 'Express';
  readonly roleArn: string;
  readonly externalStorageLocation: string;
  readonly environment: readonly Variable[];
  readonly resourceGroupId: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Numbers of versions are not used twice. */
  readonly lastVersion: number;
}

const flowsOf = ({ account, region }: World): string => `${API}/${account}/${region}`;

export function lookUpFlow({ kernel }: Cloudflow, world: World, name: string): Flow | undefined {
  return kernel.records.get<Flow>(flowsOf(world), name)?.document;
}

/** Throws FlowNotExists. */
export function findFlow(cloudflow: Cloudflow, world: World, name: string): Flow {
  const flow = lookUpFlow(cloudflow, world, name);
  if (flow === undefined) throw unknownFlow(name);
  return flow;
}

export function countFlows({ kernel }: Cloudflow, world: World): number {
  return kernel.records.count(flowsOf(world));
}

export function addFlow({ kernel }: Cloudflow, world: World, flow: Flow): void {
  kernel.records.put(flowsOf(world), { id: flow.name, version: 0, document: flow });
}

/** Changes a flow that exists; gives what it is now. */
export function changeFlow(
  { kernel }: Cloudflow,
  world: World,
  { flow, changes }: { readonly flow: Flow; readonly changes: Partial<Flow> },
): Flow {
  const { id, version } = kernel.records.get<Flow>(flowsOf(world), flow.name) as VersionedRecord<Flow>;
  const document = { ...flow, ...changes };
  kernel.records.put(flowsOf(world), { id, version, document });
  return document;
}

export function removeFlow({ kernel }: Cloudflow, world: World, { name }: Flow): void {
  kernel.records.remove(flowsOf(world), name, kernel.records.get(flowsOf(world), name)?.version ?? 0);
}

/** By name. */
export function listFlows({ kernel }: Cloudflow, world: World): Flow[] {
  return kernel.records.list<Flow>(flowsOf(world)).map(({ document }) => document);
}
