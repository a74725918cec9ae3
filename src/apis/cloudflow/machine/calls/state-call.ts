import type { JsonObject } from '../../language/json.ts';
import { StepFailure } from '../failure.ts';
import { isAsyncInvocation, unusable } from '../inferred.ts';
import { apiCall } from './api-call.ts';
import type { Attempt, Called } from './called.ts';
import { flowCall, flowOfArn } from './flow-call.ts';
import { functionCall } from './function-call.ts';
import { httpCall } from './http-call.ts';
import { messageCall } from './message-call.ts';

/** What a task of the state machine language calls; `action` is `Product:Api`. */
export function stateCall(action: string, parameters: JsonObject, attempt: Attempt): Called {
  switch (action) {
    case 'FC:InvokeFunction': {
      const { body: event = {}, invocationType } = parameters;
      return functionCall(
        resourceOf(parameters),
        { event, isAsync: isAsyncInvocation(invocationType) },
        attempt,
      );
    }
    case 'HTTP:Request':
      return httpCall(parameters, attempt);
    case 'MNS:SendMessage': {
      const { resourceArn: _, ...rest } = parameters;
      return messageCall(resourceOf(parameters), rest, attempt);
    }
    case 'FNF:StartExecution': {
      const { executionName, input } = parameters;
      return flowCall({ flowName: flowOfArn(resourceOf(parameters)), executionName, input }, attempt);
    }
    default:
      return apiCall(action, parameters, attempt);
  }
}

function resourceOf({ resourceArn }: JsonObject): string {
  if (typeof resourceArn === 'string') return resourceArn;
  throw new StepFailure(unusable('The parameters must have a resourceArn.'));
}
