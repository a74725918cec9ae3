import type { Found } from '../../../kernel/execution-reader.ts';
import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { findExecution, findOpen, stateOf } from '../executions.ts';
import { fault } from '../faults.ts';
import { statusWhileStopping, stopReason } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { API, readScope, scopeOf } from '../names.ts';
import { lookUpFlow } from '../resources/flows.ts';
import { executionView } from '../views/execution.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/StopExecution */
export async function stopExecution(cloudflow: Cloudflow, input: Input<'StopExecution'>, call: Call) {
  const { kernel } = cloudflow;
  const { Error: error, Cause: cause, ExecutionName: name } = input;
  const reason = stopReason({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  const open = openExecution(cloudflow, input, call) ?? openOfDeletedFlow(cloudflow, input, call);
  if (open === undefined) return notOpen(cloudflow, input, call);
  kernel.apply(open.identity, { kind: 'stop', ...reason });
  const facts = stateOf(await kernel.find(open.identity.id));
  const { Environment: _, ...view } = executionView(name, facts);
  const { roleArn } = facts.flow;
  return { ...view, Status: statusWhileStopping(), ...(roleArn !== '' && { RoleArn: roleArn }) };
}

function openExecution(
  cloudflow: Cloudflow,
  { FlowName, ExecutionName: name }: Input<'StopExecution'>,
  call: Call,
): Found | undefined {
  const flow = lookUpFlow(cloudflow, call, FlowName);
  return flow && findOpen(cloudflow, { api: API, scope: scopeOf(call, flow), name });
}

/** One that still finishes its last steps after its flow has been deleted; of several the flow deleted last. */
function openOfDeletedFlow(
  cloudflow: Cloudflow,
  { FlowName, ExecutionName: name }: Input<'StopExecution'>,
  call: Call,
): Found | undefined {
  const present = lookUpFlow(cloudflow, call, FlowName)?.id;
  return [...cloudflow.kernel.openScopes(API)]
    .filter((scope) => {
      const { world, flow } = readScope(scope);
      const isOurs = world.account === call.account && world.region === call.region;
      return isOurs && flow.name === FlowName && flow.id !== present;
    })
    .flatMap((scope) => findOpen(cloudflow, { api: API, scope, name }) ?? [])
    .sort((a, b) => b.identity.startedAt - a.identity.startedAt)[0];
}

/** Closed, or not there at all: each has an error of its own. */
async function notOpen(cloudflow: Cloudflow, input: Input<'StopExecution'>, call: Call): Promise<never> {
  await findExecution(cloudflow, call, input);
  const message = `Execution '${input.ExecutionName}' for flow '${input.FlowName}' has already completed.`;
  throw fault('ExecutionAlreadyCompleted', message);
}
