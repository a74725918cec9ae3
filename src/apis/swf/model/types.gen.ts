// Generated from models/swf.json and models/swf.overrides.json by `npm run generate`; do not edit.

export type OperationName =
  | 'CountClosedWorkflowExecutions'
  | 'CountOpenWorkflowExecutions'
  | 'CountPendingActivityTasks'
  | 'CountPendingDecisionTasks'
  | 'DeleteActivityType'
  | 'DeleteWorkflowType'
  | 'DeprecateActivityType'
  | 'DeprecateDomain'
  | 'DeprecateWorkflowType'
  | 'DescribeActivityType'
  | 'DescribeDomain'
  | 'DescribeWorkflowExecution'
  | 'DescribeWorkflowType'
  | 'GetWorkflowExecutionHistory'
  | 'ListActivityTypes'
  | 'ListClosedWorkflowExecutions'
  | 'ListDomains'
  | 'ListOpenWorkflowExecutions'
  | 'ListTagsForResource'
  | 'ListWorkflowTypes'
  | 'PollForActivityTask'
  | 'PollForDecisionTask'
  | 'RecordActivityTaskHeartbeat'
  | 'RegisterActivityType'
  | 'RegisterDomain'
  | 'RegisterWorkflowType'
  | 'RequestCancelWorkflowExecution'
  | 'RespondActivityTaskCanceled'
  | 'RespondActivityTaskCompleted'
  | 'RespondActivityTaskFailed'
  | 'RespondDecisionTaskCompleted'
  | 'SignalWorkflowExecution'
  | 'StartWorkflowExecution'
  | 'TagResource'
  | 'TerminateWorkflowExecution'
  | 'UndeprecateActivityType'
  | 'UndeprecateDomain'
  | 'UndeprecateWorkflowType'
  | 'UntagResource';

export type FaultName =
  | 'DefaultUndefinedFault'
  | 'DomainAlreadyExistsFault'
  | 'DomainDeprecatedFault'
  | 'LimitExceededFault'
  | 'OperationNotPermittedFault'
  | 'TooManyTagsFault'
  | 'TypeAlreadyExistsFault'
  | 'TypeDeprecatedFault'
  | 'TypeNotDeprecatedFault'
  | 'UnknownResourceFault'
  | 'WorkflowExecutionAlreadyStartedFault';

export interface ActivityTask {
  readonly taskToken: string;
  readonly activityId: string;
  readonly startedEventId: number;
  readonly workflowExecution: WorkflowExecution;
  readonly activityType: ActivityType;
  readonly input?: string;
}

export interface ActivityTaskCancelRequestedEventAttributes {
  readonly decisionTaskCompletedEventId: number;
  readonly activityId: string;
}

export interface ActivityTaskCanceledEventAttributes {
  readonly details?: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly latestCancelRequestedEventId?: number;
}

export interface ActivityTaskCompletedEventAttributes {
  readonly result?: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

export interface ActivityTaskFailedEventAttributes {
  readonly reason?: string;
  readonly details?: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

export interface ActivityTaskScheduledEventAttributes {
  readonly activityType: ActivityType;
  readonly activityId: string;
  readonly input?: string;
  readonly control?: string;
  readonly scheduleToStartTimeout?: string;
  readonly scheduleToCloseTimeout?: string;
  readonly startToCloseTimeout?: string;
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly decisionTaskCompletedEventId: number;
  readonly heartbeatTimeout?: string;
}

export interface ActivityTaskStartedEventAttributes {
  readonly identity?: string;
  readonly scheduledEventId: number;
}

export interface ActivityTaskStatus {
  readonly cancelRequested: boolean;
}

export interface ActivityTaskTimedOutEventAttributes {
  readonly timeoutType: ActivityTaskTimeoutType;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly details?: string;
}

export type ActivityTaskTimeoutType =
  | 'START_TO_CLOSE'
  | 'SCHEDULE_TO_START'
  | 'SCHEDULE_TO_CLOSE'
  | 'HEARTBEAT';

export interface ActivityType {
  readonly name: string;
  readonly version: string;
}

export interface ActivityTypeConfiguration {
  readonly defaultTaskStartToCloseTimeout?: string;
  readonly defaultTaskHeartbeatTimeout?: string;
  readonly defaultTaskList?: TaskList;
  readonly defaultTaskPriority?: string;
  readonly defaultTaskScheduleToStartTimeout?: string;
  readonly defaultTaskScheduleToCloseTimeout?: string;
}

export interface ActivityTypeDetail {
  readonly typeInfo: ActivityTypeInfo;
  readonly configuration: ActivityTypeConfiguration;
}

export interface ActivityTypeInfo {
  readonly activityType: ActivityType;
  readonly status: RegistrationStatus;
  readonly description?: string;
  readonly creationDate: number;
  readonly deprecationDate?: number;
}

export interface ActivityTypeInfos {
  readonly typeInfos: readonly ActivityTypeInfo[];
  readonly nextPageToken?: string;
}

export interface CancelTimerDecisionAttributes {
  readonly timerId: string;
}

export type CancelTimerFailedCause =
  | 'TIMER_ID_UNKNOWN'
  | 'OPERATION_NOT_PERMITTED';

export interface CancelTimerFailedEventAttributes {
  readonly timerId: string;
  readonly cause: CancelTimerFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface CancelWorkflowExecutionDecisionAttributes {
  readonly details?: string;
}

export type CancelWorkflowExecutionFailedCause =
  | 'UNHANDLED_DECISION'
  | 'OPERATION_NOT_PERMITTED';

export interface CancelWorkflowExecutionFailedEventAttributes {
  readonly cause: CancelWorkflowExecutionFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export type ChildPolicy =
  | 'TERMINATE'
  | 'REQUEST_CANCEL'
  | 'ABANDON';

export interface ChildWorkflowExecutionCanceledEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly details?: string;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export interface ChildWorkflowExecutionCompletedEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly result?: string;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export interface ChildWorkflowExecutionFailedEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly reason?: string;
  readonly details?: string;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export interface ChildWorkflowExecutionStartedEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly initiatedEventId: number;
}

export interface ChildWorkflowExecutionTerminatedEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export interface ChildWorkflowExecutionTimedOutEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly timeoutType: WorkflowExecutionTimeoutType;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export type CloseStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT';

export interface CloseStatusFilter {
  readonly status: CloseStatus;
}

export interface CompleteWorkflowExecutionDecisionAttributes {
  readonly result?: string;
}

export type CompleteWorkflowExecutionFailedCause =
  | 'UNHANDLED_DECISION'
  | 'OPERATION_NOT_PERMITTED';

export interface CompleteWorkflowExecutionFailedEventAttributes {
  readonly cause: CompleteWorkflowExecutionFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface ContinueAsNewWorkflowExecutionDecisionAttributes {
  readonly input?: string;
  readonly executionStartToCloseTimeout?: string;
  readonly taskList?: TaskList;
  readonly taskPriority?: string;
  readonly taskStartToCloseTimeout?: string;
  readonly childPolicy?: ChildPolicy;
  readonly tagList?: readonly string[];
  readonly workflowTypeVersion?: string;
  readonly lambdaRole?: string;
}

export type ContinueAsNewWorkflowExecutionFailedCause =
  | 'UNHANDLED_DECISION'
  | 'WORKFLOW_TYPE_DEPRECATED'
  | 'WORKFLOW_TYPE_DOES_NOT_EXIST'
  | 'DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_TASK_LIST_UNDEFINED'
  | 'DEFAULT_CHILD_POLICY_UNDEFINED'
  | 'CONTINUE_AS_NEW_WORKFLOW_EXECUTION_RATE_EXCEEDED'
  | 'OPERATION_NOT_PERMITTED';

export interface ContinueAsNewWorkflowExecutionFailedEventAttributes {
  readonly cause: ContinueAsNewWorkflowExecutionFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface CountClosedWorkflowExecutionsInput {
  readonly domain: string;
  readonly startTimeFilter?: ExecutionTimeFilter;
  readonly closeTimeFilter?: ExecutionTimeFilter;
  readonly executionFilter?: WorkflowExecutionFilter;
  readonly typeFilter?: WorkflowTypeFilter;
  readonly tagFilter?: TagFilter;
  readonly closeStatusFilter?: CloseStatusFilter;
}

export interface CountOpenWorkflowExecutionsInput {
  readonly domain: string;
  readonly startTimeFilter: ExecutionTimeFilter;
  readonly typeFilter?: WorkflowTypeFilter;
  readonly tagFilter?: TagFilter;
  readonly executionFilter?: WorkflowExecutionFilter;
}

export interface CountPendingActivityTasksInput {
  readonly domain: string;
  readonly taskList: TaskList;
}

export interface CountPendingDecisionTasksInput {
  readonly domain: string;
  readonly taskList: TaskList;
}

export interface Decision {
  readonly decisionType: DecisionType;
  readonly scheduleActivityTaskDecisionAttributes?: ScheduleActivityTaskDecisionAttributes;
  readonly requestCancelActivityTaskDecisionAttributes?: RequestCancelActivityTaskDecisionAttributes;
  readonly completeWorkflowExecutionDecisionAttributes?: CompleteWorkflowExecutionDecisionAttributes;
  readonly failWorkflowExecutionDecisionAttributes?: FailWorkflowExecutionDecisionAttributes;
  readonly cancelWorkflowExecutionDecisionAttributes?: CancelWorkflowExecutionDecisionAttributes;
  readonly continueAsNewWorkflowExecutionDecisionAttributes?: ContinueAsNewWorkflowExecutionDecisionAttributes;
  readonly recordMarkerDecisionAttributes?: RecordMarkerDecisionAttributes;
  readonly startTimerDecisionAttributes?: StartTimerDecisionAttributes;
  readonly cancelTimerDecisionAttributes?: CancelTimerDecisionAttributes;
  readonly signalExternalWorkflowExecutionDecisionAttributes?: SignalExternalWorkflowExecutionDecisionAttributes;
  readonly requestCancelExternalWorkflowExecutionDecisionAttributes?: RequestCancelExternalWorkflowExecutionDecisionAttributes;
  readonly startChildWorkflowExecutionDecisionAttributes?: StartChildWorkflowExecutionDecisionAttributes;
  readonly scheduleLambdaFunctionDecisionAttributes?: ScheduleLambdaFunctionDecisionAttributes;
}

export interface DecisionTask {
  readonly taskToken: string;
  readonly startedEventId: number;
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken?: string;
  readonly previousStartedEventId?: number;
}

export interface DecisionTaskCompletedEventAttributes {
  readonly executionContext?: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly taskList?: TaskList;
  readonly taskListScheduleToStartTimeout?: string;
}

export interface DecisionTaskScheduledEventAttributes {
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly startToCloseTimeout?: string;
  readonly scheduleToStartTimeout?: string;
}

export interface DecisionTaskStartedEventAttributes {
  readonly identity?: string;
  readonly scheduledEventId: number;
}

export interface DecisionTaskTimedOutEventAttributes {
  readonly timeoutType: DecisionTaskTimeoutType;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

export type DecisionTaskTimeoutType =
  | 'START_TO_CLOSE'
  | 'SCHEDULE_TO_START';

export type DecisionType =
  | 'CompleteWorkflowExecution'
  | 'StartTimer'
  | 'RequestCancelExternalWorkflowExecution'
  | 'SignalExternalWorkflowExecution'
  | 'CancelTimer'
  | 'RecordMarker'
  | 'ScheduleActivityTask'
  | 'ContinueAsNewWorkflowExecution'
  | 'ScheduleLambdaFunction'
  | 'FailWorkflowExecution'
  | 'RequestCancelActivityTask'
  | 'StartChildWorkflowExecution'
  | 'CancelWorkflowExecution';

export interface DeleteActivityTypeInput {
  readonly domain: string;
  readonly activityType: ActivityType;
}

export interface DeleteWorkflowTypeInput {
  readonly domain: string;
  readonly workflowType: WorkflowType;
}

export interface DeprecateActivityTypeInput {
  readonly domain: string;
  readonly activityType: ActivityType;
}

export interface DeprecateDomainInput {
  readonly name: string;
}

export interface DeprecateWorkflowTypeInput {
  readonly domain: string;
  readonly workflowType: WorkflowType;
}

export interface DescribeActivityTypeInput {
  readonly domain: string;
  readonly activityType: ActivityType;
}

export interface DescribeDomainInput {
  readonly name: string;
}

export interface DescribeWorkflowExecutionInput {
  readonly domain: string;
  readonly execution: WorkflowExecution;
}

export interface DescribeWorkflowTypeInput {
  readonly domain: string;
  readonly workflowType: WorkflowType;
}

export interface DomainConfiguration {
  readonly workflowExecutionRetentionPeriodInDays: string;
}

export interface DomainDetail {
  readonly domainInfo: DomainInfo;
  readonly configuration: DomainConfiguration;
}

export interface DomainInfo {
  readonly name: string;
  readonly status: RegistrationStatus;
  readonly description?: string;
  readonly arn?: string;
}

export interface DomainInfos {
  readonly domainInfos: readonly DomainInfo[];
  readonly nextPageToken?: string;
}

export type EventType =
  | 'WorkflowExecutionStarted'
  | 'WorkflowExecutionCancelRequested'
  | 'WorkflowExecutionCompleted'
  | 'CompleteWorkflowExecutionFailed'
  | 'WorkflowExecutionFailed'
  | 'FailWorkflowExecutionFailed'
  | 'WorkflowExecutionTimedOut'
  | 'WorkflowExecutionCanceled'
  | 'CancelWorkflowExecutionFailed'
  | 'WorkflowExecutionContinuedAsNew'
  | 'ContinueAsNewWorkflowExecutionFailed'
  | 'WorkflowExecutionTerminated'
  | 'DecisionTaskScheduled'
  | 'DecisionTaskStarted'
  | 'DecisionTaskCompleted'
  | 'DecisionTaskTimedOut'
  | 'ActivityTaskScheduled'
  | 'ScheduleActivityTaskFailed'
  | 'ActivityTaskStarted'
  | 'ActivityTaskCompleted'
  | 'ActivityTaskFailed'
  | 'ActivityTaskTimedOut'
  | 'ActivityTaskCanceled'
  | 'ActivityTaskCancelRequested'
  | 'RequestCancelActivityTaskFailed'
  | 'WorkflowExecutionSignaled'
  | 'MarkerRecorded'
  | 'RecordMarkerFailed'
  | 'TimerStarted'
  | 'StartTimerFailed'
  | 'TimerFired'
  | 'TimerCanceled'
  | 'CancelTimerFailed'
  | 'StartChildWorkflowExecutionInitiated'
  | 'StartChildWorkflowExecutionFailed'
  | 'ChildWorkflowExecutionStarted'
  | 'ChildWorkflowExecutionCompleted'
  | 'ChildWorkflowExecutionFailed'
  | 'ChildWorkflowExecutionTimedOut'
  | 'ChildWorkflowExecutionCanceled'
  | 'ChildWorkflowExecutionTerminated'
  | 'SignalExternalWorkflowExecutionInitiated'
  | 'SignalExternalWorkflowExecutionFailed'
  | 'ExternalWorkflowExecutionSignaled'
  | 'RequestCancelExternalWorkflowExecutionInitiated'
  | 'RequestCancelExternalWorkflowExecutionFailed'
  | 'ExternalWorkflowExecutionCancelRequested'
  | 'LambdaFunctionScheduled'
  | 'LambdaFunctionStarted'
  | 'LambdaFunctionCompleted'
  | 'LambdaFunctionFailed'
  | 'LambdaFunctionTimedOut'
  | 'ScheduleLambdaFunctionFailed'
  | 'StartLambdaFunctionFailed';

export type ExecutionStatus =
  | 'OPEN'
  | 'CLOSED';

export interface ExecutionTimeFilter {
  readonly oldestDate: number;
  readonly latestDate?: number;
}

export interface ExternalWorkflowExecutionCancelRequestedEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly initiatedEventId: number;
}

export interface ExternalWorkflowExecutionSignaledEventAttributes {
  readonly workflowExecution: WorkflowExecution;
  readonly initiatedEventId: number;
}

export interface FailWorkflowExecutionDecisionAttributes {
  readonly reason?: string;
  readonly details?: string;
}

export type FailWorkflowExecutionFailedCause =
  | 'UNHANDLED_DECISION'
  | 'OPERATION_NOT_PERMITTED';

export interface FailWorkflowExecutionFailedEventAttributes {
  readonly cause: FailWorkflowExecutionFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface GetWorkflowExecutionHistoryInput {
  readonly domain: string;
  readonly execution: WorkflowExecution;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
}

export interface History {
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken?: string;
}

export interface HistoryEvent {
  readonly eventTimestamp: number;
  readonly eventType: EventType;
  readonly eventId: number;
  readonly workflowExecutionStartedEventAttributes?: WorkflowExecutionStartedEventAttributes;
  readonly workflowExecutionCompletedEventAttributes?: WorkflowExecutionCompletedEventAttributes;
  readonly completeWorkflowExecutionFailedEventAttributes?: CompleteWorkflowExecutionFailedEventAttributes;
  readonly workflowExecutionFailedEventAttributes?: WorkflowExecutionFailedEventAttributes;
  readonly failWorkflowExecutionFailedEventAttributes?: FailWorkflowExecutionFailedEventAttributes;
  readonly workflowExecutionTimedOutEventAttributes?: WorkflowExecutionTimedOutEventAttributes;
  readonly workflowExecutionCanceledEventAttributes?: WorkflowExecutionCanceledEventAttributes;
  readonly cancelWorkflowExecutionFailedEventAttributes?: CancelWorkflowExecutionFailedEventAttributes;
  readonly workflowExecutionContinuedAsNewEventAttributes?: WorkflowExecutionContinuedAsNewEventAttributes;
  readonly continueAsNewWorkflowExecutionFailedEventAttributes?: ContinueAsNewWorkflowExecutionFailedEventAttributes;
  readonly workflowExecutionTerminatedEventAttributes?: WorkflowExecutionTerminatedEventAttributes;
  readonly workflowExecutionCancelRequestedEventAttributes?: WorkflowExecutionCancelRequestedEventAttributes;
  readonly decisionTaskScheduledEventAttributes?: DecisionTaskScheduledEventAttributes;
  readonly decisionTaskStartedEventAttributes?: DecisionTaskStartedEventAttributes;
  readonly decisionTaskCompletedEventAttributes?: DecisionTaskCompletedEventAttributes;
  readonly decisionTaskTimedOutEventAttributes?: DecisionTaskTimedOutEventAttributes;
  readonly activityTaskScheduledEventAttributes?: ActivityTaskScheduledEventAttributes;
  readonly activityTaskStartedEventAttributes?: ActivityTaskStartedEventAttributes;
  readonly activityTaskCompletedEventAttributes?: ActivityTaskCompletedEventAttributes;
  readonly activityTaskFailedEventAttributes?: ActivityTaskFailedEventAttributes;
  readonly activityTaskTimedOutEventAttributes?: ActivityTaskTimedOutEventAttributes;
  readonly activityTaskCanceledEventAttributes?: ActivityTaskCanceledEventAttributes;
  readonly activityTaskCancelRequestedEventAttributes?: ActivityTaskCancelRequestedEventAttributes;
  readonly workflowExecutionSignaledEventAttributes?: WorkflowExecutionSignaledEventAttributes;
  readonly markerRecordedEventAttributes?: MarkerRecordedEventAttributes;
  readonly recordMarkerFailedEventAttributes?: RecordMarkerFailedEventAttributes;
  readonly timerStartedEventAttributes?: TimerStartedEventAttributes;
  readonly timerFiredEventAttributes?: TimerFiredEventAttributes;
  readonly timerCanceledEventAttributes?: TimerCanceledEventAttributes;
  readonly startChildWorkflowExecutionInitiatedEventAttributes?: StartChildWorkflowExecutionInitiatedEventAttributes;
  readonly childWorkflowExecutionStartedEventAttributes?: ChildWorkflowExecutionStartedEventAttributes;
  readonly childWorkflowExecutionCompletedEventAttributes?: ChildWorkflowExecutionCompletedEventAttributes;
  readonly childWorkflowExecutionFailedEventAttributes?: ChildWorkflowExecutionFailedEventAttributes;
  readonly childWorkflowExecutionTimedOutEventAttributes?: ChildWorkflowExecutionTimedOutEventAttributes;
  readonly childWorkflowExecutionCanceledEventAttributes?: ChildWorkflowExecutionCanceledEventAttributes;
  readonly childWorkflowExecutionTerminatedEventAttributes?: ChildWorkflowExecutionTerminatedEventAttributes;
  readonly signalExternalWorkflowExecutionInitiatedEventAttributes?: SignalExternalWorkflowExecutionInitiatedEventAttributes;
  readonly externalWorkflowExecutionSignaledEventAttributes?: ExternalWorkflowExecutionSignaledEventAttributes;
  readonly signalExternalWorkflowExecutionFailedEventAttributes?: SignalExternalWorkflowExecutionFailedEventAttributes;
  readonly externalWorkflowExecutionCancelRequestedEventAttributes?: ExternalWorkflowExecutionCancelRequestedEventAttributes;
  readonly requestCancelExternalWorkflowExecutionInitiatedEventAttributes?: RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
  readonly requestCancelExternalWorkflowExecutionFailedEventAttributes?: RequestCancelExternalWorkflowExecutionFailedEventAttributes;
  readonly scheduleActivityTaskFailedEventAttributes?: ScheduleActivityTaskFailedEventAttributes;
  readonly requestCancelActivityTaskFailedEventAttributes?: RequestCancelActivityTaskFailedEventAttributes;
  readonly startTimerFailedEventAttributes?: StartTimerFailedEventAttributes;
  readonly cancelTimerFailedEventAttributes?: CancelTimerFailedEventAttributes;
  readonly startChildWorkflowExecutionFailedEventAttributes?: StartChildWorkflowExecutionFailedEventAttributes;
  readonly lambdaFunctionScheduledEventAttributes?: LambdaFunctionScheduledEventAttributes;
  readonly lambdaFunctionStartedEventAttributes?: LambdaFunctionStartedEventAttributes;
  readonly lambdaFunctionCompletedEventAttributes?: LambdaFunctionCompletedEventAttributes;
  readonly lambdaFunctionFailedEventAttributes?: LambdaFunctionFailedEventAttributes;
  readonly lambdaFunctionTimedOutEventAttributes?: LambdaFunctionTimedOutEventAttributes;
  readonly scheduleLambdaFunctionFailedEventAttributes?: ScheduleLambdaFunctionFailedEventAttributes;
  readonly startLambdaFunctionFailedEventAttributes?: StartLambdaFunctionFailedEventAttributes;
}

export interface LambdaFunctionCompletedEventAttributes {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly result?: string;
}

export interface LambdaFunctionFailedEventAttributes {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly reason?: string;
  readonly details?: string;
}

export interface LambdaFunctionScheduledEventAttributes {
  readonly id: string;
  readonly name: string;
  readonly control?: string;
  readonly input?: string;
  readonly startToCloseTimeout?: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface LambdaFunctionStartedEventAttributes {
  readonly scheduledEventId: number;
}

export interface LambdaFunctionTimedOutEventAttributes {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly timeoutType?: LambdaFunctionTimeoutType;
}

export type LambdaFunctionTimeoutType =
  | 'START_TO_CLOSE';

export interface ListActivityTypesInput {
  readonly domain: string;
  readonly name?: string;
  readonly registrationStatus: RegistrationStatus;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
}

export interface ListClosedWorkflowExecutionsInput {
  readonly domain: string;
  readonly startTimeFilter?: ExecutionTimeFilter;
  readonly closeTimeFilter?: ExecutionTimeFilter;
  readonly executionFilter?: WorkflowExecutionFilter;
  readonly closeStatusFilter?: CloseStatusFilter;
  readonly typeFilter?: WorkflowTypeFilter;
  readonly tagFilter?: TagFilter;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
}

export interface ListDomainsInput {
  readonly nextPageToken?: string;
  readonly registrationStatus: RegistrationStatus;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
}

export interface ListOpenWorkflowExecutionsInput {
  readonly domain: string;
  readonly startTimeFilter: ExecutionTimeFilter;
  readonly typeFilter?: WorkflowTypeFilter;
  readonly tagFilter?: TagFilter;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
  readonly executionFilter?: WorkflowExecutionFilter;
}

export interface ListTagsForResourceInput {
  readonly resourceArn: string;
}

export interface ListTagsForResourceOutput {
  readonly tags?: readonly ResourceTag[];
}

export interface ListWorkflowTypesInput {
  readonly domain: string;
  readonly name?: string;
  readonly registrationStatus: RegistrationStatus;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
}

export interface MarkerRecordedEventAttributes {
  readonly markerName: string;
  readonly details?: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface PendingTaskCount {
  readonly count: number;
  readonly truncated?: boolean;
}

export interface PollForActivityTaskInput {
  readonly domain: string;
  readonly taskList: TaskList;
  readonly identity?: string;
}

export interface PollForDecisionTaskInput {
  readonly domain: string;
  readonly taskList: TaskList;
  readonly identity?: string;
  readonly nextPageToken?: string;
  readonly maximumPageSize?: number;
  readonly reverseOrder?: boolean;
  readonly startAtPreviousStartedEvent?: boolean;
}

export interface RecordActivityTaskHeartbeatInput {
  readonly taskToken: string;
  readonly details?: string;
}

export interface RecordMarkerDecisionAttributes {
  readonly markerName: string;
  readonly details?: string;
}

export type RecordMarkerFailedCause =
  | 'OPERATION_NOT_PERMITTED';

export interface RecordMarkerFailedEventAttributes {
  readonly markerName: string;
  readonly cause: RecordMarkerFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface RegisterActivityTypeInput {
  readonly domain: string;
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly defaultTaskStartToCloseTimeout?: string;
  readonly defaultTaskHeartbeatTimeout?: string;
  readonly defaultTaskList?: TaskList;
  readonly defaultTaskPriority?: string;
  readonly defaultTaskScheduleToStartTimeout?: string;
  readonly defaultTaskScheduleToCloseTimeout?: string;
}

export interface RegisterDomainInput {
  readonly name: string;
  readonly description?: string;
  readonly workflowExecutionRetentionPeriodInDays: string;
  readonly tags?: readonly ResourceTag[];
}

export interface RegisterWorkflowTypeInput {
  readonly domain: string;
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly defaultTaskStartToCloseTimeout?: string;
  readonly defaultExecutionStartToCloseTimeout?: string;
  readonly defaultTaskList?: TaskList;
  readonly defaultTaskPriority?: string;
  readonly defaultChildPolicy?: ChildPolicy;
  readonly defaultLambdaRole?: string;
}

export type RegistrationStatus =
  | 'REGISTERED'
  | 'DEPRECATED';

export interface RequestCancelActivityTaskDecisionAttributes {
  readonly activityId: string;
}

export type RequestCancelActivityTaskFailedCause =
  | 'ACTIVITY_ID_UNKNOWN'
  | 'OPERATION_NOT_PERMITTED';

export interface RequestCancelActivityTaskFailedEventAttributes {
  readonly activityId: string;
  readonly cause: RequestCancelActivityTaskFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface RequestCancelExternalWorkflowExecutionDecisionAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly control?: string;
}

export type RequestCancelExternalWorkflowExecutionFailedCause =
  | 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'
  | 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED'
  | 'OPERATION_NOT_PERMITTED';

export interface RequestCancelExternalWorkflowExecutionFailedEventAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly cause: RequestCancelExternalWorkflowExecutionFailedCause;
  readonly initiatedEventId: number;
  readonly decisionTaskCompletedEventId: number;
  readonly control?: string;
}

export interface RequestCancelExternalWorkflowExecutionInitiatedEventAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly decisionTaskCompletedEventId: number;
  readonly control?: string;
}

export interface RequestCancelWorkflowExecutionInput {
  readonly domain: string;
  readonly workflowId: string;
  readonly runId?: string;
}

export interface ResourceTag {
  readonly key: string;
  readonly value?: string;
}

export interface RespondActivityTaskCanceledInput {
  readonly taskToken: string;
  readonly details?: string;
}

export interface RespondActivityTaskCompletedInput {
  readonly taskToken: string;
  readonly result?: string;
}

export interface RespondActivityTaskFailedInput {
  readonly taskToken: string;
  readonly reason?: string;
  readonly details?: string;
}

export interface RespondDecisionTaskCompletedInput {
  readonly taskToken: string;
  readonly decisions?: readonly Decision[];
  readonly executionContext?: string;
  readonly taskList?: TaskList;
  readonly taskListScheduleToStartTimeout?: string;
}

export interface Run {
  readonly runId?: string;
}

export interface ScheduleActivityTaskDecisionAttributes {
  readonly activityType: ActivityType;
  readonly activityId: string;
  readonly control?: string;
  readonly input?: string;
  readonly scheduleToCloseTimeout?: string;
  readonly taskList?: TaskList;
  readonly taskPriority?: string;
  readonly scheduleToStartTimeout?: string;
  readonly startToCloseTimeout?: string;
  readonly heartbeatTimeout?: string;
}

export type ScheduleActivityTaskFailedCause =
  | 'ACTIVITY_TYPE_DEPRECATED'
  | 'ACTIVITY_TYPE_DOES_NOT_EXIST'
  | 'ACTIVITY_ID_ALREADY_IN_USE'
  | 'OPEN_ACTIVITIES_LIMIT_EXCEEDED'
  | 'ACTIVITY_CREATION_RATE_EXCEEDED'
  | 'DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_TASK_LIST_UNDEFINED'
  | 'DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED'
  | 'DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED'
  | 'OPERATION_NOT_PERMITTED';

export interface ScheduleActivityTaskFailedEventAttributes {
  readonly activityType: ActivityType;
  readonly activityId: string;
  readonly cause: ScheduleActivityTaskFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface ScheduleLambdaFunctionDecisionAttributes {
  readonly id: string;
  readonly name: string;
  readonly control?: string;
  readonly input?: string;
  readonly startToCloseTimeout?: string;
}

export type ScheduleLambdaFunctionFailedCause =
  | 'ID_ALREADY_IN_USE'
  | 'OPEN_LAMBDA_FUNCTIONS_LIMIT_EXCEEDED'
  | 'LAMBDA_FUNCTION_CREATION_RATE_EXCEEDED'
  | 'LAMBDA_SERVICE_NOT_AVAILABLE_IN_REGION';

export interface ScheduleLambdaFunctionFailedEventAttributes {
  readonly id: string;
  readonly name: string;
  readonly cause: ScheduleLambdaFunctionFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface SignalExternalWorkflowExecutionDecisionAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly signalName: string;
  readonly input?: string;
  readonly control?: string;
}

export type SignalExternalWorkflowExecutionFailedCause =
  | 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'
  | 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED'
  | 'OPERATION_NOT_PERMITTED';

export interface SignalExternalWorkflowExecutionFailedEventAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly cause: SignalExternalWorkflowExecutionFailedCause;
  readonly initiatedEventId: number;
  readonly decisionTaskCompletedEventId: number;
  readonly control?: string;
}

export interface SignalExternalWorkflowExecutionInitiatedEventAttributes {
  readonly workflowId: string;
  readonly runId?: string;
  readonly signalName: string;
  readonly input?: string;
  readonly decisionTaskCompletedEventId: number;
  readonly control?: string;
}

export interface SignalWorkflowExecutionInput {
  readonly domain: string;
  readonly workflowId: string;
  readonly runId?: string;
  readonly signalName: string;
  readonly input?: string;
}

export interface StartChildWorkflowExecutionDecisionAttributes {
  readonly workflowType: WorkflowType;
  readonly workflowId: string;
  readonly control?: string;
  readonly input?: string;
  readonly executionStartToCloseTimeout?: string;
  readonly taskList?: TaskList;
  readonly taskPriority?: string;
  readonly taskStartToCloseTimeout?: string;
  readonly childPolicy?: ChildPolicy;
  readonly tagList?: readonly string[];
  readonly lambdaRole?: string;
}

export type StartChildWorkflowExecutionFailedCause =
  | 'WORKFLOW_TYPE_DOES_NOT_EXIST'
  | 'WORKFLOW_TYPE_DEPRECATED'
  | 'OPEN_CHILDREN_LIMIT_EXCEEDED'
  | 'OPEN_WORKFLOWS_LIMIT_EXCEEDED'
  | 'CHILD_CREATION_RATE_EXCEEDED'
  | 'WORKFLOW_ALREADY_RUNNING'
  | 'DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_TASK_LIST_UNDEFINED'
  | 'DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED'
  | 'DEFAULT_CHILD_POLICY_UNDEFINED'
  | 'OPERATION_NOT_PERMITTED';

export interface StartChildWorkflowExecutionFailedEventAttributes {
  readonly workflowType: WorkflowType;
  readonly cause: StartChildWorkflowExecutionFailedCause;
  readonly workflowId: string;
  readonly initiatedEventId: number;
  readonly decisionTaskCompletedEventId: number;
  readonly control?: string;
}

export interface StartChildWorkflowExecutionInitiatedEventAttributes {
  readonly workflowId: string;
  readonly workflowType: WorkflowType;
  readonly control?: string;
  readonly input?: string;
  readonly executionStartToCloseTimeout?: string;
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly decisionTaskCompletedEventId: number;
  readonly childPolicy: ChildPolicy;
  readonly taskStartToCloseTimeout?: string;
  readonly tagList?: readonly string[];
  readonly lambdaRole?: string;
}

export type StartLambdaFunctionFailedCause =
  | 'ASSUME_ROLE_FAILED';

export interface StartLambdaFunctionFailedEventAttributes {
  readonly scheduledEventId?: number;
  readonly cause?: StartLambdaFunctionFailedCause;
  readonly message?: string;
}

export interface StartTimerDecisionAttributes {
  readonly timerId: string;
  readonly control?: string;
  readonly startToFireTimeout: string;
}

export type StartTimerFailedCause =
  | 'TIMER_ID_ALREADY_IN_USE'
  | 'OPEN_TIMERS_LIMIT_EXCEEDED'
  | 'TIMER_CREATION_RATE_EXCEEDED'
  | 'OPERATION_NOT_PERMITTED';

export interface StartTimerFailedEventAttributes {
  readonly timerId: string;
  readonly cause: StartTimerFailedCause;
  readonly decisionTaskCompletedEventId: number;
}

export interface StartWorkflowExecutionInput {
  readonly domain: string;
  readonly workflowId: string;
  readonly workflowType: WorkflowType;
  readonly taskList?: TaskList;
  readonly taskPriority?: string;
  readonly input?: string;
  readonly executionStartToCloseTimeout?: string;
  readonly tagList?: readonly string[];
  readonly taskStartToCloseTimeout?: string;
  readonly childPolicy?: ChildPolicy;
  readonly lambdaRole?: string;
}

export interface TagFilter {
  readonly tag: string;
}

export interface TagResourceInput {
  readonly resourceArn: string;
  readonly tags: readonly ResourceTag[];
}

export interface TaskList {
  readonly name: string;
}

export interface TerminateWorkflowExecutionInput {
  readonly domain: string;
  readonly workflowId: string;
  readonly runId?: string;
  readonly reason?: string;
  readonly details?: string;
  readonly childPolicy?: ChildPolicy;
}

export interface TimerCanceledEventAttributes {
  readonly timerId: string;
  readonly startedEventId: number;
  readonly decisionTaskCompletedEventId: number;
}

export interface TimerFiredEventAttributes {
  readonly timerId: string;
  readonly startedEventId: number;
}

export interface TimerStartedEventAttributes {
  readonly timerId: string;
  readonly control?: string;
  readonly startToFireTimeout: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface UndeprecateActivityTypeInput {
  readonly domain: string;
  readonly activityType: ActivityType;
}

export interface UndeprecateDomainInput {
  readonly name: string;
}

export interface UndeprecateWorkflowTypeInput {
  readonly domain: string;
  readonly workflowType: WorkflowType;
}

export interface UntagResourceInput {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface WorkflowExecution {
  readonly workflowId: string;
  readonly runId: string;
}

export type WorkflowExecutionCancelRequestedCause =
  | 'CHILD_POLICY_APPLIED';

export interface WorkflowExecutionCancelRequestedEventAttributes {
  readonly externalWorkflowExecution?: WorkflowExecution;
  readonly externalInitiatedEventId?: number;
  readonly cause?: WorkflowExecutionCancelRequestedCause;
}

export interface WorkflowExecutionCanceledEventAttributes {
  readonly details?: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface WorkflowExecutionCompletedEventAttributes {
  readonly result?: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface WorkflowExecutionConfiguration {
  readonly taskStartToCloseTimeout: string;
  readonly executionStartToCloseTimeout: string;
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly childPolicy: ChildPolicy;
  readonly lambdaRole?: string;
}

export interface WorkflowExecutionContinuedAsNewEventAttributes {
  readonly input?: string;
  readonly decisionTaskCompletedEventId: number;
  readonly newExecutionRunId: string;
  readonly executionStartToCloseTimeout?: string;
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly taskStartToCloseTimeout?: string;
  readonly childPolicy: ChildPolicy;
  readonly tagList?: readonly string[];
  readonly workflowType: WorkflowType;
  readonly lambdaRole?: string;
}

export interface WorkflowExecutionCount {
  readonly count: number;
  readonly truncated?: boolean;
}

export interface WorkflowExecutionDetail {
  readonly executionInfo: WorkflowExecutionInfo;
  readonly executionConfiguration: WorkflowExecutionConfiguration;
  readonly openCounts: WorkflowExecutionOpenCounts;
  readonly latestActivityTaskTimestamp?: number;
  readonly latestExecutionContext?: string;
}

export interface WorkflowExecutionFailedEventAttributes {
  readonly reason?: string;
  readonly details?: string;
  readonly decisionTaskCompletedEventId: number;
}

export interface WorkflowExecutionFilter {
  readonly workflowId: string;
}

export interface WorkflowExecutionInfo {
  readonly execution: WorkflowExecution;
  readonly workflowType: WorkflowType;
  readonly startTimestamp: number;
  readonly closeTimestamp?: number;
  readonly executionStatus: ExecutionStatus;
  readonly closeStatus?: CloseStatus;
  readonly parent?: WorkflowExecution;
  readonly tagList?: readonly string[];
  readonly cancelRequested?: boolean;
}

export interface WorkflowExecutionInfos {
  readonly executionInfos: readonly WorkflowExecutionInfo[];
  readonly nextPageToken?: string;
}

export interface WorkflowExecutionOpenCounts {
  readonly openActivityTasks: number;
  readonly openDecisionTasks: number;
  readonly openTimers: number;
  readonly openChildWorkflowExecutions: number;
  readonly openLambdaFunctions?: number;
}

export interface WorkflowExecutionSignaledEventAttributes {
  readonly signalName: string;
  readonly input?: string;
  readonly externalWorkflowExecution?: WorkflowExecution;
  readonly externalInitiatedEventId?: number;
}

export interface WorkflowExecutionStartedEventAttributes {
  readonly input?: string;
  readonly executionStartToCloseTimeout?: string;
  readonly taskStartToCloseTimeout?: string;
  readonly childPolicy: ChildPolicy;
  readonly taskList: TaskList;
  readonly taskPriority?: string;
  readonly workflowType: WorkflowType;
  readonly tagList?: readonly string[];
  readonly continuedExecutionRunId?: string;
  readonly parentWorkflowExecution?: WorkflowExecution;
  readonly parentInitiatedEventId?: number;
  readonly lambdaRole?: string;
}

export type WorkflowExecutionTerminatedCause =
  | 'CHILD_POLICY_APPLIED'
  | 'EVENT_LIMIT_EXCEEDED'
  | 'OPERATOR_INITIATED';

export interface WorkflowExecutionTerminatedEventAttributes {
  readonly reason?: string;
  readonly details?: string;
  readonly childPolicy: ChildPolicy;
  readonly cause?: WorkflowExecutionTerminatedCause;
}

export interface WorkflowExecutionTimedOutEventAttributes {
  readonly timeoutType: WorkflowExecutionTimeoutType;
  readonly childPolicy: ChildPolicy;
}

export type WorkflowExecutionTimeoutType =
  | 'START_TO_CLOSE';

export interface WorkflowType {
  readonly name: string;
  readonly version: string;
}

export interface WorkflowTypeConfiguration {
  readonly defaultTaskStartToCloseTimeout?: string;
  readonly defaultExecutionStartToCloseTimeout?: string;
  readonly defaultTaskList?: TaskList;
  readonly defaultTaskPriority?: string;
  readonly defaultChildPolicy?: ChildPolicy;
  readonly defaultLambdaRole?: string;
}

export interface WorkflowTypeDetail {
  readonly typeInfo: WorkflowTypeInfo;
  readonly configuration: WorkflowTypeConfiguration;
}

export interface WorkflowTypeFilter {
  readonly name: string;
  readonly version?: string;
}

export interface WorkflowTypeInfo {
  readonly workflowType: WorkflowType;
  readonly status: RegistrationStatus;
  readonly description?: string;
  readonly creationDate: number;
  readonly deprecationDate?: number;
}

export interface WorkflowTypeInfos {
  readonly typeInfos: readonly WorkflowTypeInfo[];
  readonly nextPageToken?: string;
}
