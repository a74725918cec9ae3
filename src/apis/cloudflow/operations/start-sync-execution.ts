import { newUuid } from '../../../kernel/ids.ts';
import type { Call } from '../../api.ts';
import { awaitEnd } from '../await-end.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { stateOf } from '../executions.ts';
import { nameOfSyncExecution } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { startExpress } from '../start-execution.ts';
import { executionView } from '../views/execution.ts';

/**
 * https://api.aliyun.com/document/fnf/2019-03-15/StartSyncExecution
 * Should the server stop meanwhile, the answer shows an execution that still runs; it goes on after the restart.
 */
export async function startSyncExecution(
  cloudflow: Cloudflow,
  input: Input<'StartSyncExecution'>,
  call: Call,
) {
  const { id, name } = startExpress(cloudflow, call, {
    flowName: input.FlowName,
    executionName: nameOfSyncExecution(input.ExecutionName, newUuid()),
    input: input.Input,
    qualifier: input.Qualifier,
  });
  const facts = stateOf(await awaitEnd(cloudflow, id, { until: Number.MAX_SAFE_INTEGER, call }));
  const { Input: _input, FlowDefinition: _definition, ...view } = executionView(name, facts);
  const { outcome } = facts;
  const failure = outcome?.ok === false ? outcome : { error: '', cause: '' };
  return { ...view, ErrorCode: failure.error, ErrorMessage: failure.cause };
}
