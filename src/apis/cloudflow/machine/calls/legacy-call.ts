import type { JsonObject } from '../../language/json.ts';
import type { LegacyTask } from '../../language/plan.ts';
import { StepFailure } from '../failure.ts';
import { messageOf, unknownResource } from '../inferred.ts';
import { apiCall } from './api-call.ts';
import type { Attempt, Called } from './called.ts';
import { flowCall, flowOfArn } from './flow-call.ts';
import { functionCall } from './function-call.ts';
import { messageCall } from './message-call.ts';

export interface LegacyRequest {
  readonly resource: LegacyTask['resource'];
  readonly input: JsonObject;
  /** `serviceParams`, as they come out. */
  readonly parameters: JsonObject | undefined;
}

/** What a task of the step language calls. */
export function legacyCall(request: LegacyRequest, attempt: Attempt): Called {
  const { resource } = request;
  return 'arn' in resource
    ? arnCall(resource.arn, request, attempt)
    : actionCall(resource.action, request, attempt);
}

function arnCall(arn: string, { input, parameters }: LegacyRequest, attempt: Attempt): Called {
  const product = arn.split(':')[1] ?? '';
  switch (product) {
    case 'fc':
      return functionCall(arn, { event: parameters ?? input }, attempt);
    case 'mns':
      return messageCall(arn, parameters ?? messageOf(input), attempt);
    case 'fnf': {
      const given = parameters ?? { Input: input };
      const named = { executionName: given.ExecutionName, input: given.Input };
      return flowCall({ flowName: flowOfArn(arn), ...named }, attempt);
    }
    default:
      throw new StepFailure(unknownResource(product, arn));
  }
}

/** An action that starts a flow and waits for it knows its child; any other is a call like all. */
function actionCall(action: string, { input, parameters = input }: LegacyRequest, attempt: Attempt): Called {
  const { FlowName: flowName } = parameters;
  if (
    action.toLowerCase() !== 'fnf:startexecution' ||
    attempt.mode !== 'system' ||
    typeof flowName !== 'string'
  ) {
    return apiCall(action, parameters, attempt);
  }
  return flowCall({ flowName, executionName: parameters.ExecutionName, input: parameters.Input }, attempt);
}
