import type { DescribedWorkflow, ListedWorkflow } from '../model/types.gen.ts';
import { arnOf } from '../names.ts';
import type { Workflow } from '../resources/documents.ts';
import type { World } from '../world.ts';

export function describedWorkflow(world: World, workflow: Workflow): DescribedWorkflow {
  const { Steps, OnExceptionSteps, Tags } = workflow;
  return { ...listedWorkflow(world, workflow), Steps, OnExceptionSteps, Tags };
}

export function listedWorkflow(
  world: World,
  { id, Description }: Workflow,
): ListedWorkflow & { readonly Arn: string } {
  const Arn = arnOf(world, { kind: 'workflow', workflowId: id });
  return { Arn, WorkflowId: id, ...(Description !== undefined && { Description }) };
}
