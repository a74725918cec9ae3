import type { DecisionAttributes } from '../decisions.ts';
import { tagsOfNextExecution } from '../inferred.ts';
import { nextType, typeKey } from '../types.ts';
import { type Batch, fail } from './batch.ts';
import { close } from './close.ts';
import { refusalToClose } from './closing-decisions.ts';
import { resolveConfiguration } from './resolve-configuration.ts';

type ContinueAsNew = DecisionAttributes['ContinueAsNewWorkflowExecution'];

/** Unset members come from the type's defaults, not from this execution; the next one keeps the parent. */
export function continueAsNew(batch: Batch, attributes: ContinueAsNew, denied: string | undefined): void {
  const { turn, completedId: decisionTaskCompletedEventId, types } = batch;
  const { state, identity } = turn;
  const { input } = attributes;
  const workflowType = nextType(state, attributes.workflowTypeVersion);
  const configuration =
    refusalToClose(batch, denied) ??
    resolveConfiguration(attributes, types.workflow[typeKey(workflowType)], [
      'executionStartToCloseTimeout',
      'taskStartToCloseTimeout',
      'taskList',
      'childPolicy',
    ]);
  if (typeof configuration === 'string') {
    const cause = configuration;
    fail(batch, 'ContinueAsNewWorkflowExecutionFailed', { cause, decisionTaskCompletedEventId });
    return;
  }
  const tagList = tagsOfNextExecution(attributes.tagList, state);
  const newExecutionRunId = turn.succeed({
    type: 'start',
    ...configuration,
    workflowType,
    input,
    tagList,
    retentionDays: state.retentionDays,
    limits: state.limits ?? undefined,
    parent: state.parent ?? undefined,
    continuedExecutionRunId: identity.id,
  });
  close(turn, 'WorkflowExecutionContinuedAsNew', {
    ...configuration,
    input,
    decisionTaskCompletedEventId,
    newExecutionRunId,
    tagList,
    workflowType,
  });
}
