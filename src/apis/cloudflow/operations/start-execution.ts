import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { statusOfNewExecution } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { startExecution as start } from '../start-execution.ts';
import { findTask } from '../task-tokens.ts';
import { executionView } from '../views/execution.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/StartExecution */
export async function startExecution(cloudflow: Cloudflow, input: Input<'StartExecution'>, call: Call) {
  const { CallbackFnFTaskToken: token } = input;
  const { name, facts, isNew } = await start(cloudflow, call, {
    flowName: input.FlowName,
    executionName: input.ExecutionName,
    input: input.Input,
    qualifier: input.Qualifier,
    callback: token === undefined ? undefined : await findTask(cloudflow, call, token),
  });
  const { Environment: _, ...view } = executionView(name, facts);
  return isNew ? { ...view, Status: statusOfNewExecution() } : view;
}
