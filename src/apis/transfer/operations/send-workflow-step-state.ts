import type { Call } from '../../api.ts';
import { stateOf } from '../execution.ts';
import { findRunning } from '../executions.ts';
import { invalidRequest } from '../faults.ts';
import type { Command } from '../machine/commands.ts';
import type { State } from '../machine/state.ts';
import type { SendWorkflowStepStateRequest, SendWorkflowStepStateResponse } from '../model/types.gen.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_SendWorkflowStepState.html */
export function sendWorkflowStepState(
  transfer: Transfer,
  input: SendWorkflowStepStateRequest,
  call: Call,
): SendWorkflowStepStateResponse {
  const { WorkflowId: workflowId, ExecutionId: executionId, Token: token, Status: status } = input;
  const { identity, state } = findRunning(transfer, call, { workflowId, executionId });
  const { tokens } = transfer.workflowRuns;
  const step = customSteps(stateOf({ state })).find((number) =>
    tokens.isTokenOf({ workflowId, executionId: identity.name, step: number }, token),
  );
  if (step === undefined) throw invalidRequest('The token is not one of a step of this execution');
  transfer.kernel.apply(identity, { kind: 'answer', step, status } satisfies Command);
  return {};
}

/** Numbers of the custom steps that have begun, the one that may wait first. */
function customSteps({ current, ended }: State): readonly number[] {
  const begun = current === null ? ended : [...ended, current];
  return begun
    .filter(({ type }) => type === 'CUSTOM')
    .map(({ number }) => number)
    .reverse();
}
