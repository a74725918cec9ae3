import type { DecisionAttributes } from '../decisions.ts';
import { typeKey } from '../types.ts';
import { type Batch, fail } from './batch.ts';
import { limitsOf, record, tell } from './record.ts';
import { resolveConfiguration } from './resolve-configuration.ts';

type StartChild = DecisionAttributes['StartChildWorkflowExecution'];

export function startChild(batch: Batch, attributes: StartChild, denied: string | undefined): void {
  const { turn, completedId: decisionTaskCompletedEventId } = batch;
  const { workflowId, workflowType, control, input, tagList } = attributes;
  const configuration = denied ?? resolve(batch, attributes);
  if (typeof configuration === 'string') {
    fail(batch, 'StartChildWorkflowExecutionFailed', {
      workflowType,
      cause: configuration,
      workflowId,
      initiatedEventId: 0,
      decisionTaskCompletedEventId,
      control,
    });
    return;
  }
  const initiatedEventId = record(turn, 'StartChildWorkflowExecutionInitiated', {
    ...configuration,
    workflowId,
    workflowType,
    control,
    input,
    decisionTaskCompletedEventId,
    tagList,
  });
  batch.startable -= 1;
  const { retentionDays, limits } = turn.state;
  tell(
    turn,
    { workflowId },
    {
      type: 'start-child',
      start: {
        type: 'start',
        ...configuration,
        workflowType,
        input,
        tagList,
        retentionDays,
        limits: limits ?? undefined,
      },
      initiatedEventId,
      decisionTaskCompletedEventId,
      workflowId,
      control,
    },
  );
}

function resolve({ turn, types, startable, tooFast }: Batch, attributes: StartChild) {
  const configuration = resolveConfiguration(attributes, types.workflow[typeKey(attributes.workflowType)], [
    'executionStartToCloseTimeout',
    'taskList',
    'taskStartToCloseTimeout',
    'childPolicy',
  ]);
  if (typeof configuration === 'string') return configuration;
  if (turn.state.open.children >= limitsOf(turn.state).openChildren) return 'OPEN_CHILDREN_LIMIT_EXCEEDED';
  if (startable <= 0) return 'OPEN_WORKFLOWS_LIMIT_EXCEEDED';
  return tooFast ?? configuration;
}
