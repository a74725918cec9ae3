import type { Cloudflow } from '../cloudflow.ts';
import { fault } from '../faults.ts';
import { API, scopeOf } from '../names.ts';
import type { World } from '../world.ts';
import { changeFlow, type Flow } from './flows.ts';

/** What a flow was when a version of it was published. */
export interface FlowVersion {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly description: string;
  readonly definition: string;
  readonly language: Flow['language'];
  readonly roleArn: string;
  readonly environment: Flow['environment'];
  readonly createdAt: number;
}

/** A flow as somebody has found it. */
export interface FlowHome {
  readonly world: World;
  readonly flow: Flow;
}

const versionsOf = ({ world, flow }: FlowHome): string => `${API}/versions/${scopeOf(world, flow)}`;

/** Texts of numbers that sort as the numbers do. */
export const versionKey = (number: number): string => String(number).padStart(16, '0');

/** Freezes the flow as it is. */
export function publishVersion(cloudflow: Cloudflow, home: FlowHome, description: string): FlowVersion {
  const { flow, world } = home;
  const number = flow.lastVersion + 1;
  const { definition, language, roleArn, environment } = flow;
  const createdAt = cloudflow.clock.now();
  const document: FlowVersion = {
    number,
    description,
    definition,
    language,
    roleArn,
    environment,
    createdAt,
  };
  cloudflow.kernel.records.put(versionsOf(home), { id: versionKey(number), version: 0, document });
  changeFlow(cloudflow, world, { flow, changes: { lastVersion: number } });
  return document;
}

/** Throws FlowVersionNotExists; `number` is text of digits. */
export function findVersion({ kernel }: Cloudflow, home: FlowHome, number: string): FlowVersion {
  const found = kernel.records.get<FlowVersion>(versionsOf(home), versionKey(Number(number)))?.document;
  if (found !== undefined) return found;
  throw fault('FlowVersionNotExists', `Version '${number}' of flow '${home.flow.name}' does not exist.`);
}

/** Newest first. */
export function listVersions({ kernel }: Cloudflow, home: FlowHome): FlowVersion[] {
  return kernel.records
    .list<FlowVersion>(versionsOf(home))
    .map(({ document }) => document)
    .reverse();
}

export function removeVersion({ kernel }: Cloudflow, home: FlowHome, { number }: FlowVersion): void {
  const id = versionKey(number);
  kernel.records.remove(versionsOf(home), id, kernel.records.get(versionsOf(home), id)?.version ?? 0);
}
