import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { type StartRequest, startExecution as start } from '../start-execution.ts';
import { findTask } from '../task-tokens.ts';
import { startedView } from '../views/execution.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/StartExecution */
export async function startExecution(cloudflow: Cloudflow, input: Input<'StartExecution'>, call: Call) {
  return startedView(await start(cloudflow, call, await startRequest(cloudflow, input, call)));
}

/** What a client's request comes to; throws InvalidArgument for a bad token. */
export async function startRequest(
  cloudflow: Cloudflow,
  input: Input<'StartExecution'>,
  call: Call,
): Promise<StartRequest> {
  const { CallbackFnFTaskToken: token } = input;
  return {
    flowName: input.FlowName,
    executionName: input.ExecutionName,
    input: input.Input,
    qualifier: input.Qualifier,
    callback: token === undefined ? undefined : await findTask(cloudflow, call, token),
  };
}
