import type { Found } from '../../../kernel/execution-reader.ts';
import { stateOf } from '../executions.ts';
import type { SwfState } from '../machine/state.ts';
import type {
  WorkflowExecutionConfiguration,
  WorkflowExecutionDetail,
  WorkflowExecutionOpenCounts,
} from '../model/types.gen.ts';
import { executionInfo } from './execution-info.ts';
import { seconds } from './seconds.ts';

/** What DescribeWorkflowExecution answers. */
export function executionDetail(found: Found): WorkflowExecutionDetail {
  const state = stateOf(found);
  return {
    executionInfo: executionInfo(found),
    executionConfiguration: state.configuration as WorkflowExecutionConfiguration,
    openCounts: openCounts(state),
    ...(state.latestActivityAt !== null && { latestActivityTaskTimestamp: seconds(state.latestActivityAt) }),
    ...(state.latestExecutionContext !== null && { latestExecutionContext: state.latestExecutionContext }),
  };
}

function openCounts({ open }: SwfState): WorkflowExecutionOpenCounts {
  return {
    openActivityTasks: open.activities,
    openDecisionTasks: open.decisions,
    openTimers: open.timers,
    openChildWorkflowExecutions: open.children,
    openLambdaFunctions: open.lambdas,
  };
}
