import { NoSuchExecution } from '../../../kernel/errors.ts';
import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { findExecution, stateOf, targetOf } from '../executions.ts';
import { fault } from '../faults.ts';
import { statusWhileStopping, stopReason } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { executionView } from '../views/execution.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/StopExecution */
export async function stopExecution(cloudflow: Cloudflow, input: Input<'StopExecution'>, call: Call) {
  const { Error: error, Cause: cause, ExecutionName: name } = input;
  const reason = stopReason({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  try {
    cloudflow.kernel.apply(targetOf(cloudflow, call, input), { kind: 'stop', ...reason });
  } catch (problem) {
    if (!(problem instanceof NoSuchExecution)) throw problem;
    // Closed, or not there at all: each has an error of its own.
    await findExecution(cloudflow, call, input);
    const message = `Execution '${name}' for flow '${input.FlowName}' has already completed.`;
    throw fault('ExecutionAlreadyCompleted', message);
  }
  const facts = stateOf(await findExecution(cloudflow, call, input));
  const { Environment: _, ...view } = executionView(name, facts);
  const { roleArn } = facts.flow;
  return { ...view, Status: statusWhileStopping(), ...(roleArn !== '' && { RoleArn: roleArn }) };
}
