import type { Json } from '../../language/json.ts';
import { StepFailure } from '../failure.ts';
import { unusable } from '../inferred.ts';
import { type Attempt, type Called, jsonText } from './called.ts';

export interface FlowParameters {
  readonly flowName: string;
  readonly executionName: Json | undefined;
  readonly input: Json | undefined;
}

/** Starts an execution of another flow; one that the task waits for reports its end. */
export function flowCall(
  { flowName, executionName: named, input }: FlowParameters,
  attempt: Attempt,
): Called {
  if (named !== undefined && typeof named !== 'string') {
    throw new StepFailure(unusable('The name of an execution must be a text.'));
  }
  const executionName = named || attempt.executionName;
  const child = { flowName, executionName };
  const reportsTo = attempt.mode === 'system' ? { reportsTo: attempt.step } : undefined;
  return {
    effect: { kind: 'flow', input: { ...child, input: jsonText(input), ...reportsTo } },
    target: flowName,
    child,
  };
}

/** The flow of an ARN such as `acs:fnf:::flow/name`. */
export function flowOfArn(arn: string): string {
  const name = /:flow\/([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) throw new StepFailure(unusable(`'${arn}' names no flow.`));
  return name;
}
