import { shownOutput } from '../inferred.ts';
import type { ExecutionFacts } from '../machine/state.ts';
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
  const { flow, status, startedAt, stoppedAt } = facts;
  return {
    FlowName: flow.name,
    Name: name,
    Status: status as ExecutionFacts['status'] | 'Starting',
    StartedTime: timeText(startedAt),
    StoppedTime: stoppedAt === undefined ? '' : timeText(stoppedAt),
    ...environmentView(facts),
  };
}

/** Executions carry names and values of variables only. */
export function environmentView({ environment }: Pick<ExecutionFacts, 'environment'>) {
  return { Environment: { Variables: environment.map(({ name, value }) => ({ Name: name, Value: value })) } };
}
