import { unknown } from '../faults.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Workflow } from './documents.ts';

/** The collection of a world's workflows, by their ids. */
export const workflowsOf = ({ account, region }: World): string => `transfer-workflows/${account}/${region}`;

/** Throws ResourceNotFoundException. */
export function findWorkflow({ kernel }: Transfer, world: World, id: string): Workflow {
  const workflow = kernel.records.get<Workflow>(workflowsOf(world), id)?.document;
  if (workflow === undefined) throw unknown('Workflow', id);
  return workflow;
}
