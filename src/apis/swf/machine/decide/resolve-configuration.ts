import type { RegisteredWorkflowType } from '../types.ts';
import type { ChildPolicy, ExecutionConfiguration, TaskList, Text } from '../values.ts';

interface Overrides {
  readonly taskList?: TaskList | undefined;
  readonly taskPriority?: Text;
  readonly executionStartToCloseTimeout?: Text;
  readonly taskStartToCloseTimeout?: Text;
  readonly childPolicy?: ChildPolicy | undefined;
  readonly lambdaRole?: Text;
}

type Required = 'taskList' | 'executionStartToCloseTimeout' | 'taskStartToCloseTimeout' | 'childPolicy';

const undefinedCauses: Readonly<Record<Required, string>> = {
  taskList: 'DEFAULT_TASK_LIST_UNDEFINED',
  executionStartToCloseTimeout: 'DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED',
  taskStartToCloseTimeout: 'DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED',
  childPolicy: 'DEFAULT_CHILD_POLICY_UNDEFINED',
};

/** What a decision and the type's defaults come to, or the cause of the failure; `order` is that of the checks. */
export function resolveConfiguration(
  given: Overrides,
  type: RegisteredWorkflowType | undefined,
  order: readonly Required[],
): ExecutionConfiguration | string {
  if (type === undefined) return 'WORKFLOW_TYPE_DOES_NOT_EXIST';
  if (type.status === 'DEPRECATED') return 'WORKFLOW_TYPE_DEPRECATED';
  const resolved = {
    taskList: given.taskList ?? type.defaultTaskList,
    taskPriority: given.taskPriority ?? type.defaultTaskPriority,
    executionStartToCloseTimeout:
      given.executionStartToCloseTimeout ?? type.defaultExecutionStartToCloseTimeout,
    taskStartToCloseTimeout: given.taskStartToCloseTimeout ?? type.defaultTaskStartToCloseTimeout,
    childPolicy: given.childPolicy ?? type.defaultChildPolicy,
    lambdaRole: given.lambdaRole ?? type.defaultLambdaRole,
  };
  const missing = order.find((member) => resolved[member] === undefined);
  return missing === undefined ? (resolved as ExecutionConfiguration) : undefinedCauses[missing];
}
