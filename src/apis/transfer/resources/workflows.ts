import { newSecret } from '../../../kernel/ids.ts';
import { invalidRequest, unknown } from '../faults.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Workflow } from './documents.ts';
import { byCreation, creationKey, removeRecord, writeRecord } from './records.ts';

const ID_DIGITS = 17;

/** The collection of a world's workflows, by their ids. */
export const workflowsOf = ({ account, region }: World): string => `transfer-workflows/${account}/${region}`;

/** For example `w-0123456789abcdef0`. */
export function newWorkflowId(): string {
  return `w-${newSecret(9).toString('hex').slice(0, ID_DIGITS)}`;
}

export function lookUpWorkflow({ kernel }: Transfer, world: World, id: string): Workflow | undefined {
  return kernel.records.get<Workflow>(workflowsOf(world), id)?.document;
}

/** Throws ResourceNotFoundException. */
export function findWorkflow(transfer: Transfer, world: World, id: string): Workflow {
  const workflow = lookUpWorkflow(transfer, world, id);
  if (workflow === undefined) throw unknown('Workflow', id);
  return workflow;
}

/** Throws InvalidRequestException when the quota is used up. */
export function addWorkflow(transfer: Transfer, world: World, workflow: Workflow): void {
  const most = transfer.limits.workflows;
  if (transfer.kernel.records.count(workflowsOf(world)) >= most) {
    throw invalidRequest(`The limit of ${most} workflows is reached`);
  }
  writeRecord(transfer, workflowsOf(world), { id: workflow.id, document: workflow });
}

export function removeWorkflow(transfer: Transfer, world: World, id: string): void {
  removeRecord(transfer, workflowsOf(world), id);
}

/** In order of creation. */
export function listWorkflows({ kernel }: Transfer, world: World): readonly Workflow[] {
  return kernel.records
    .list<Workflow>(workflowsOf(world))
    .map(({ document }) => document)
    .sort(byCreation(workflowKey));
}

export const workflowKey = ({ createdAt, id }: Workflow): string => creationKey(createdAt, id);
