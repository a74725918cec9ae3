import type { Call } from '../../api.ts';
import { deniedDecisions } from '../denied-decisions.ts';
import { domainOfScope, findByTask, stateOf } from '../executions.ts';
import { constraintMessage, validationFault } from '../faults.ts';
import { checkDecisions } from '../machine/check-decisions.ts';
import type { Decision } from '../machine/decisions.ts';
import type { RespondDecisionTaskCompletedInput } from '../model/types.gen.ts';
import { lookUpTypes } from '../resources/lookups.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RespondDecisionTaskCompleted.html */
export async function respondDecisionTaskCompleted(
  swf: Swf,
  input: RespondDecisionTaskCompletedInput,
  call: Call,
): Promise<void> {
  const task = swf.tokens.readTaskToken('decision', input.taskToken);
  const decisions = (input.decisions ?? []) as readonly Decision[];
  mustBeValid(decisions);
  const found = await findByTask(swf, call, task);
  const domain = domainOfScope(found.identity.scope);
  const { scheduledEventId, startedEventId } = task;
  const { executionContext, taskList, taskListScheduleToStartTimeout } = input;
  const command = {
    type: 'complete-decision-task',
    scheduledEventId,
    startedEventId,
    decisions,
    executionContext,
    taskList,
    taskListScheduleToStartTimeout,
    types: lookUpTypes(swf, { world: call, domain, state: stateOf(found) }, decisions),
    ...deniedDecisions(swf, { decisions, domain }, call),
  } as const;
  swf.kernel.apply(found.identity, command);
}

/** Nothing of a list is applied unless all of it is valid. */
function mustBeValid(decisions: readonly Decision[]): void {
  const { violations, error } = checkDecisions(decisions);
  if (violations.length > 0) throw validationFault(constraintMessage(violations));
  if (error !== undefined) throw validationFault(error);
}
