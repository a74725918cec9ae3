import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { checkPassRole } from '../permissions.ts';
import { checkDefinition } from '../resources/definitions.ts';
import { changeFlow, type Flow, findFlow } from '../resources/flows.ts';
import { flowView } from '../views/flow.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/UpdateFlow */
export function updateFlow(cloudflow: Cloudflow, input: Input<'UpdateFlow'>, call: Call) {
  checkPassRole(input.RoleArn, call);
  const flow = findFlow(cloudflow, call, input.Name);
  const changes: Partial<Flow> = {
    ...(input.Definition !== undefined && definitionChanges(cloudflow, flow, input.Definition)),
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.Type !== undefined && { type: input.Type }),
    ...(input.RoleArn !== undefined && { roleArn: input.RoleArn }),
    ...(input.Environment !== undefined && { environment: input.Environment.Variables ?? [] }),
    modifiedAt: cloudflow.clock.now(),
  };
  const changed = changeFlow(cloudflow, call, { flow, changes });
  const { ExecutionMode: _, ...view } = flowView(changed);
  return { ...view, ExternalStorageLocation: changed.externalStorageLocation };
}

function definitionChanges(
  cloudflow: Cloudflow,
  { name, mode }: Flow,
  definition: string,
): Pick<Flow, 'definition' | 'language'> {
  return { definition, language: checkDefinition(cloudflow, { name, definition, mode }) };
}
