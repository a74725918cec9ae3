import { newUuid } from '../../../kernel/ids.ts';
import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { fault } from '../faults.ts';
import type { Input } from '../model/parameters.ts';
import { checkPassRole } from '../permissions.ts';
import { checkDefinition } from '../resources/definitions.ts';
import { addFlow, countFlows, type Flow, lookUpFlow } from '../resources/flows.ts';
import { flowView } from '../views/flow.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/CreateFlow */
export function createFlow(cloudflow: Cloudflow, input: Input<'CreateFlow'>, call: Call) {
  const { Name: name, Definition: definition, ExecutionMode: mode = 'Standard' } = input;
  checkPassRole(input.RoleArn, call);
  const language = checkDefinition(cloudflow, { name, definition, mode });
  if (lookUpFlow(cloudflow, call, name) !== undefined) {
    throw fault('FlowAlreadyExists', `Flow '${name}' already exists.`);
  }
  const { flows } = cloudflow.limits;
  if (countFlows(cloudflow, call) >= flows) {
    throw fault('ResourceThrottled', `The account has ${flows} flows already.`);
  }
  const now = cloudflow.clock.now();
  const flow: Flow = {
    id: newUuid(),
    name,
    description: input.Description,
    type: input.Type,
    definition,
    language,
    mode,
    roleArn: input.RoleArn ?? '',
    externalStorageLocation: input.ExternalStorageLocation ?? '',
    environment: input.Environment?.Variables ?? [],
    resourceGroupId: input.ResourceGroupId ?? '',
    createdAt: now,
    modifiedAt: now,
    lastVersion: 0,
  };
  addFlow(cloudflow, call, flow);
  return flowView(flow);
}
