import { shownOutput, statusOfNewExecution } from '../inferred.ts';
import type { ExecutionFacts } from '../machine/state.ts';
import type { Started } from '../start-execution.ts';
import { timeText } from './times.ts';

/** An execution as the vendor answers: what has no value yet is an empty text. */
export function executionView(name: string, facts: ExecutionFacts) {
  return {
    ...executionMetadata(name, facts),
    Input: facts.input,
    Output: shownOutput(facts),
    FlowDefinition: facts.definition,
  };
}

/** The same without what may be large. */
export function executionMetadata(name: string, facts: ExecutionFacts) {
  const { flow, status, startedAt, stoppedAt, environment } = facts;
  return {
    FlowName: flow.name,
    Name: name,
    Status: status as ExecutionFacts['status'] | 'Starting',
    StartedTime: timeText(startedAt),
    StoppedTime: stoppedAt === undefined ? '' : timeText(stoppedAt),
    // Executions carry names and values of variables only.
    Environment: { Variables: environment.map(({ name, value }) => ({ Name: name, Value: value })) },
  };
}

/** An execution as StartExecution answers. */
export function startedView({ name, facts, isNew }: Started) {
  const { Environment: _, ...view } = executionView(name, facts);
  return isNew ? { ...view, Status: statusOfNewExecution() } : view;
}
