import type { OperationName } from './model/types.gen.ts';
import { countClosedWorkflowExecutions } from './operations/count-closed-workflow-executions.ts';
import { countOpenWorkflowExecutions } from './operations/count-open-workflow-executions.ts';
import { countPendingActivityTasks } from './operations/count-pending-activity-tasks.ts';
import { countPendingDecisionTasks } from './operations/count-pending-decision-tasks.ts';
import { deleteActivityType } from './operations/delete-activity-type.ts';
import { deleteWorkflowType } from './operations/delete-workflow-type.ts';
import { deprecateActivityType } from './operations/deprecate-activity-type.ts';
import { deprecateDomain } from './operations/deprecate-domain.ts';
import { deprecateWorkflowType } from './operations/deprecate-workflow-type.ts';
import { describeActivityType } from './operations/describe-activity-type.ts';
import { describeDomain } from './operations/describe-domain.ts';
import { describeWorkflowExecution } from './operations/describe-workflow-execution.ts';
import { describeWorkflowType } from './operations/describe-workflow-type.ts';
import { getWorkflowExecutionHistory } from './operations/get-workflow-execution-history.ts';
import { listActivityTypes } from './operations/list-activity-types.ts';
import { listClosedWorkflowExecutions } from './operations/list-closed-workflow-executions.ts';
import { listDomains } from './operations/list-domains.ts';
import { listOpenWorkflowExecutions } from './operations/list-open-workflow-executions.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listWorkflowTypes } from './operations/list-workflow-types.ts';
import { pollForActivityTask } from './operations/poll-for-activity-task.ts';
import { pollForDecisionTask } from './operations/poll-for-decision-task.ts';
import { recordActivityTaskHeartbeat } from './operations/record-activity-task-heartbeat.ts';
import { registerActivityType } from './operations/register-activity-type.ts';
import { registerDomain } from './operations/register-domain.ts';
import { registerWorkflowType } from './operations/register-workflow-type.ts';
import { requestCancelWorkflowExecution } from './operations/request-cancel-workflow-execution.ts';
import { respondActivityTaskCanceled } from './operations/respond-activity-task-canceled.ts';
import { respondActivityTaskCompleted } from './operations/respond-activity-task-completed.ts';
import { respondActivityTaskFailed } from './operations/respond-activity-task-failed.ts';
import { respondDecisionTaskCompleted } from './operations/respond-decision-task-completed.ts';
import { signalWorkflowExecution } from './operations/signal-workflow-execution.ts';
import { startWorkflowExecution } from './operations/start-workflow-execution.ts';
import { tagResource } from './operations/tag-resource.ts';
import { terminateWorkflowExecution } from './operations/terminate-workflow-execution.ts';
import { undeprecateActivityType } from './operations/undeprecate-activity-type.ts';
import { undeprecateDomain } from './operations/undeprecate-domain.ts';
import { undeprecateWorkflowType } from './operations/undeprecate-workflow-type.ts';
import { untagResource } from './operations/untag-resource.ts';

/** Every operation of the vendor under its name: each in the file named after it. */
export const operations = {
  CountClosedWorkflowExecutions: countClosedWorkflowExecutions,
  CountOpenWorkflowExecutions: countOpenWorkflowExecutions,
  CountPendingActivityTasks: countPendingActivityTasks,
  CountPendingDecisionTasks: countPendingDecisionTasks,
  DeleteActivityType: deleteActivityType,
  DeleteWorkflowType: deleteWorkflowType,
  DeprecateActivityType: deprecateActivityType,
  DeprecateDomain: deprecateDomain,
  DeprecateWorkflowType: deprecateWorkflowType,
  DescribeActivityType: describeActivityType,
  DescribeDomain: describeDomain,
  DescribeWorkflowExecution: describeWorkflowExecution,
  DescribeWorkflowType: describeWorkflowType,
  GetWorkflowExecutionHistory: getWorkflowExecutionHistory,
  ListActivityTypes: listActivityTypes,
  ListClosedWorkflowExecutions: listClosedWorkflowExecutions,
  ListDomains: listDomains,
  ListOpenWorkflowExecutions: listOpenWorkflowExecutions,
  ListTagsForResource: listTagsForResource,
  ListWorkflowTypes: listWorkflowTypes,
  PollForActivityTask: pollForActivityTask,
  PollForDecisionTask: pollForDecisionTask,
  RecordActivityTaskHeartbeat: recordActivityTaskHeartbeat,
  RegisterActivityType: registerActivityType,
  RegisterDomain: registerDomain,
  RegisterWorkflowType: registerWorkflowType,
  RequestCancelWorkflowExecution: requestCancelWorkflowExecution,
  RespondActivityTaskCanceled: respondActivityTaskCanceled,
  RespondActivityTaskCompleted: respondActivityTaskCompleted,
  RespondActivityTaskFailed: respondActivityTaskFailed,
  RespondDecisionTaskCompleted: respondDecisionTaskCompleted,
  SignalWorkflowExecution: signalWorkflowExecution,
  StartWorkflowExecution: startWorkflowExecution,
  TagResource: tagResource,
  TerminateWorkflowExecution: terminateWorkflowExecution,
  UndeprecateActivityType: undeprecateActivityType,
  UndeprecateDomain: undeprecateDomain,
  UndeprecateWorkflowType: undeprecateWorkflowType,
  UntagResource: untagResource,
} as const satisfies Record<OperationName, unknown>;
