// Generated from models/swf.json and models/swf.overrides.json by `npm run generate`; do not edit.
import type { ListShape, NumberShape, ServiceModel, Shape, StringShape, StructureShape } from '../../../wire/shape.ts';

const ActivityId: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*' };
const ActivityType: StructureShape = {
  kind: 'structure',
  required: ['name', 'version'],
  members: {
    name: { shape: () => Name },
    version: { shape: () => Version },
  },
};
const Arn: StringShape = { kind: 'string', min: 1, max: 1600 };
const CancelTimerDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['timerId'],
  members: {
    timerId: { shape: () => TimerId },
  },
};
const CancelWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    details: { shape: () => Data },
  },
};
const ChildPolicy: StringShape = { kind: 'string', enum: ['TERMINATE', 'REQUEST_CANCEL', 'ABANDON'] };
const CloseStatus: StringShape = { kind: 'string', enum: ['COMPLETED', 'FAILED', 'CANCELED', 'TERMINATED', 'CONTINUED_AS_NEW', 'TIMED_OUT'] };
const CloseStatusFilter: StructureShape = {
  kind: 'structure',
  required: ['status'],
  members: {
    status: { shape: () => CloseStatus },
  },
};
const CompleteWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    result: { shape: () => Data },
  },
};
const ContinueAsNewWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    input: { shape: () => Data },
    executionStartToCloseTimeout: { shape: () => ExecutionDuration },
    taskList: { shape: () => TaskList },
    taskPriority: { shape: () => TaskPriority },
    taskStartToCloseTimeout: { shape: () => DurationInSecondsOptional },
    childPolicy: { shape: () => ChildPolicy },
    tagList: { shape: () => TagList },
    workflowTypeVersion: { shape: () => Version },
    lambdaRole: { shape: () => Arn },
  },
};
const CountClosedWorkflowExecutionsInput: StructureShape = {
  kind: 'structure',
  required: ['domain'],
  members: {
    domain: { shape: () => DomainName },
    startTimeFilter: { shape: () => ExecutionTimeFilter },
    closeTimeFilter: { shape: () => ExecutionTimeFilter },
    executionFilter: { shape: () => WorkflowExecutionFilter },
    typeFilter: { shape: () => WorkflowTypeFilter },
    tagFilter: { shape: () => TagFilter },
    closeStatusFilter: { shape: () => CloseStatusFilter },
  },
};
const CountOpenWorkflowExecutionsInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'startTimeFilter'],
  members: {
    domain: { shape: () => DomainName },
    startTimeFilter: { shape: () => ExecutionTimeFilter },
    typeFilter: { shape: () => WorkflowTypeFilter },
    tagFilter: { shape: () => TagFilter },
    executionFilter: { shape: () => WorkflowExecutionFilter },
  },
};
const CountPendingActivityTasksInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'taskList'],
  members: {
    domain: { shape: () => DomainName },
    taskList: { shape: () => TaskList },
  },
};
const CountPendingDecisionTasksInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'taskList'],
  members: {
    domain: { shape: () => DomainName },
    taskList: { shape: () => TaskList },
  },
};
const Data: StringShape = { kind: 'string', max: 32768 };
const Decision: StructureShape = {
  kind: 'structure',
  required: ['decisionType'],
  members: {
    decisionType: { shape: () => DecisionType },
    scheduleActivityTaskDecisionAttributes: { shape: () => ScheduleActivityTaskDecisionAttributes },
    requestCancelActivityTaskDecisionAttributes: { shape: () => RequestCancelActivityTaskDecisionAttributes },
    completeWorkflowExecutionDecisionAttributes: { shape: () => CompleteWorkflowExecutionDecisionAttributes },
    failWorkflowExecutionDecisionAttributes: { shape: () => FailWorkflowExecutionDecisionAttributes },
    cancelWorkflowExecutionDecisionAttributes: { shape: () => CancelWorkflowExecutionDecisionAttributes },
    continueAsNewWorkflowExecutionDecisionAttributes: { shape: () => ContinueAsNewWorkflowExecutionDecisionAttributes },
    recordMarkerDecisionAttributes: { shape: () => RecordMarkerDecisionAttributes },
    startTimerDecisionAttributes: { shape: () => StartTimerDecisionAttributes },
    cancelTimerDecisionAttributes: { shape: () => CancelTimerDecisionAttributes },
    signalExternalWorkflowExecutionDecisionAttributes: { shape: () => SignalExternalWorkflowExecutionDecisionAttributes },
    requestCancelExternalWorkflowExecutionDecisionAttributes: { shape: () => RequestCancelExternalWorkflowExecutionDecisionAttributes },
    startChildWorkflowExecutionDecisionAttributes: { shape: () => StartChildWorkflowExecutionDecisionAttributes },
    scheduleLambdaFunctionDecisionAttributes: { shape: () => ScheduleLambdaFunctionDecisionAttributes },
  },
};
const DecisionList: ListShape = { kind: 'list', member: () => Decision };
const DecisionType: StringShape = { kind: 'string', enum: ['CompleteWorkflowExecution', 'StartTimer', 'RequestCancelExternalWorkflowExecution', 'SignalExternalWorkflowExecution', 'CancelTimer', 'RecordMarker', 'ScheduleActivityTask', 'ContinueAsNewWorkflowExecution', 'ScheduleLambdaFunction', 'FailWorkflowExecution', 'RequestCancelActivityTask', 'StartChildWorkflowExecution', 'CancelWorkflowExecution'] };
const DeleteActivityTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'activityType'],
  members: {
    domain: { shape: () => DomainName },
    activityType: { shape: () => ActivityType },
  },
};
const DeleteWorkflowTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowType'],
  members: {
    domain: { shape: () => DomainName },
    workflowType: { shape: () => WorkflowType },
  },
};
const DeprecateActivityTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'activityType'],
  members: {
    domain: { shape: () => DomainName },
    activityType: { shape: () => ActivityType },
  },
};
const DeprecateDomainInput: StructureShape = {
  kind: 'structure',
  required: ['name'],
  members: {
    name: { shape: () => DomainName },
  },
};
const DeprecateWorkflowTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowType'],
  members: {
    domain: { shape: () => DomainName },
    workflowType: { shape: () => WorkflowType },
  },
};
const DescribeActivityTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'activityType'],
  members: {
    domain: { shape: () => DomainName },
    activityType: { shape: () => ActivityType },
  },
};
const DescribeDomainInput: StructureShape = {
  kind: 'structure',
  required: ['name'],
  members: {
    name: { shape: () => DomainName },
  },
};
const DescribeWorkflowExecutionInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'execution'],
  members: {
    domain: { shape: () => DomainName },
    execution: { shape: () => WorkflowExecution },
  },
};
const DescribeWorkflowTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowType'],
  members: {
    domain: { shape: () => DomainName },
    workflowType: { shape: () => WorkflowType },
  },
};
const Description: StringShape = { kind: 'string', max: 1024 };
const DomainName: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*(?<!\\s)' };
const DurationInDays: StringShape = { kind: 'string', min: 1, max: 8, number: { min: 0, max: 90, orNone: true } };
const DurationInSeconds: StringShape = { kind: 'string', min: 1, max: 8, number: { min: 0, max: 31536000 } };
const DurationInSecondsOptional: StringShape = { kind: 'string', max: 8, number: { min: 0, max: 31536000, orNone: true } };
const ExecutionDuration: StringShape = { kind: 'string', max: 8, number: { min: 0, max: 31536000 } };
const ExecutionTimeFilter: StructureShape = {
  kind: 'structure',
  required: ['oldestDate'],
  members: {
    oldestDate: { shape: () => Timestamp },
    latestDate: { shape: () => Timestamp },
  },
};
const FailWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    reason: { shape: () => FailureReason },
    details: { shape: () => Data },
  },
};
const FailureReason: StringShape = { kind: 'string', max: 256 };
const FunctionId: StringShape = { kind: 'string', min: 1, max: 256 };
const FunctionInput: StringShape = { kind: 'string', min: 0, max: 32768 };
const FunctionName: StringShape = { kind: 'string', min: 1, max: 64 };
const GetWorkflowExecutionHistoryInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'execution'],
  members: {
    domain: { shape: () => DomainName },
    execution: { shape: () => WorkflowExecution },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
  },
};
const Identity: StringShape = { kind: 'string', max: 256 };
const LambdaDuration: StringShape = { kind: 'string', max: 8, number: { min: 1, max: 900 } };
const LimitedData: StringShape = { kind: 'string', max: 2048 };
const ListActivityTypesInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'registrationStatus'],
  members: {
    domain: { shape: () => DomainName },
    name: { shape: () => Name },
    registrationStatus: { shape: () => RegistrationStatus },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
  },
};
const ListClosedWorkflowExecutionsInput: StructureShape = {
  kind: 'structure',
  required: ['domain'],
  members: {
    domain: { shape: () => DomainName },
    startTimeFilter: { shape: () => ExecutionTimeFilter },
    closeTimeFilter: { shape: () => ExecutionTimeFilter },
    executionFilter: { shape: () => WorkflowExecutionFilter },
    closeStatusFilter: { shape: () => CloseStatusFilter },
    typeFilter: { shape: () => WorkflowTypeFilter },
    tagFilter: { shape: () => TagFilter },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
  },
};
const ListDomainsInput: StructureShape = {
  kind: 'structure',
  required: ['registrationStatus'],
  members: {
    nextPageToken: { shape: () => PageToken },
    registrationStatus: { shape: () => RegistrationStatus },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
  },
};
const ListOpenWorkflowExecutionsInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'startTimeFilter'],
  members: {
    domain: { shape: () => DomainName },
    startTimeFilter: { shape: () => ExecutionTimeFilter },
    typeFilter: { shape: () => WorkflowTypeFilter },
    tagFilter: { shape: () => TagFilter },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
    executionFilter: { shape: () => WorkflowExecutionFilter },
  },
};
const ListTagsForResourceInput: StructureShape = {
  kind: 'structure',
  required: ['resourceArn'],
  members: {
    resourceArn: { shape: () => Arn },
  },
};
const ListWorkflowTypesInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'registrationStatus'],
  members: {
    domain: { shape: () => DomainName },
    name: { shape: () => Name },
    registrationStatus: { shape: () => RegistrationStatus },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
  },
};
const MarkerName: StringShape = { kind: 'string', min: 1, max: 256 };
const Name: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*' };
const PageSize: NumberShape = { kind: 'integer', min: 0, max: 1000 };
const PageToken: StringShape = { kind: 'string', max: 2048 };
const PollForActivityTaskInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'taskList'],
  members: {
    domain: { shape: () => DomainName },
    taskList: { shape: () => TaskList },
    identity: { shape: () => Identity },
  },
};
const PollForDecisionTaskInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'taskList'],
  members: {
    domain: { shape: () => DomainName },
    taskList: { shape: () => TaskList },
    identity: { shape: () => Identity },
    nextPageToken: { shape: () => PageToken },
    maximumPageSize: { shape: () => PageSize },
    reverseOrder: { shape: () => ReverseOrder },
    startAtPreviousStartedEvent: { shape: () => StartAtPreviousStartedEvent },
  },
};
const RecordActivityTaskHeartbeatInput: StructureShape = {
  kind: 'structure',
  required: ['taskToken'],
  members: {
    taskToken: { shape: () => TaskToken },
    details: { shape: () => LimitedData },
  },
};
const RecordMarkerDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['markerName'],
  members: {
    markerName: { shape: () => MarkerName },
    details: { shape: () => Data },
  },
};
const RegisterActivityTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'name', 'version'],
  members: {
    domain: { shape: () => DomainName },
    name: { shape: () => Name },
    version: { shape: () => Version },
    description: { shape: () => Description },
    defaultTaskStartToCloseTimeout: { shape: () => DurationInSecondsOptional },
    defaultTaskHeartbeatTimeout: { shape: () => DurationInSecondsOptional },
    defaultTaskList: { shape: () => TaskList },
    defaultTaskPriority: { shape: () => TaskPriority },
    defaultTaskScheduleToStartTimeout: { shape: () => DurationInSecondsOptional },
    defaultTaskScheduleToCloseTimeout: { shape: () => DurationInSecondsOptional },
  },
};
const RegisterDomainInput: StructureShape = {
  kind: 'structure',
  required: ['name', 'workflowExecutionRetentionPeriodInDays'],
  members: {
    name: { shape: () => DomainName },
    description: { shape: () => Description },
    workflowExecutionRetentionPeriodInDays: { shape: () => DurationInDays },
    tags: { shape: () => ResourceTagList },
  },
};
const RegisterWorkflowTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'name', 'version'],
  members: {
    domain: { shape: () => DomainName },
    name: { shape: () => Name },
    version: { shape: () => Version },
    description: { shape: () => Description },
    defaultTaskStartToCloseTimeout: { shape: () => DurationInSecondsOptional },
    defaultExecutionStartToCloseTimeout: { shape: () => ExecutionDuration },
    defaultTaskList: { shape: () => TaskList },
    defaultTaskPriority: { shape: () => TaskPriority },
    defaultChildPolicy: { shape: () => ChildPolicy },
    defaultLambdaRole: { shape: () => Arn },
  },
};
const RegistrationStatus: StringShape = { kind: 'string', enum: ['REGISTERED', 'DEPRECATED'] };
const RequestCancelActivityTaskDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['activityId'],
  members: {
    activityId: { shape: () => ActivityId },
  },
};
const RequestCancelExternalWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['workflowId'],
  members: {
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunIdOptional },
    control: { shape: () => Data },
  },
};
const RequestCancelWorkflowExecutionInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowId'],
  members: {
    domain: { shape: () => DomainName },
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunIdOptional },
  },
};
const ResourceTag: StructureShape = {
  kind: 'structure',
  required: ['key'],
  members: {
    key: { shape: () => ResourceTagKey },
    value: { shape: () => ResourceTagValue },
  },
};
const ResourceTagKey: StringShape = { kind: 'string', min: 1, max: 128, pattern: '[\\p{L}\\p{N}\\s_.:/=+\\-@]*' };
const ResourceTagKeyList: ListShape = { kind: 'list', member: () => ResourceTagKey };
const ResourceTagList: ListShape = { kind: 'list', member: () => ResourceTag };
const ResourceTagValue: StringShape = { kind: 'string', max: 256, pattern: '[\\p{L}\\p{N}\\s_.:/=+\\-@]*' };
const RespondActivityTaskCanceledInput: StructureShape = {
  kind: 'structure',
  required: ['taskToken'],
  members: {
    taskToken: { shape: () => TaskToken },
    details: { shape: () => Data },
  },
};
const RespondActivityTaskCompletedInput: StructureShape = {
  kind: 'structure',
  required: ['taskToken'],
  members: {
    taskToken: { shape: () => TaskToken },
    result: { shape: () => Data },
  },
};
const RespondActivityTaskFailedInput: StructureShape = {
  kind: 'structure',
  required: ['taskToken'],
  members: {
    taskToken: { shape: () => TaskToken },
    reason: { shape: () => FailureReason },
    details: { shape: () => Data },
  },
};
const RespondDecisionTaskCompletedInput: StructureShape = {
  kind: 'structure',
  required: ['taskToken'],
  members: {
    taskToken: { shape: () => TaskToken },
    decisions: { shape: () => DecisionList },
    executionContext: { shape: () => Data },
    taskList: { shape: () => TaskList },
    taskListScheduleToStartTimeout: { shape: () => DurationInSecondsOptional },
  },
};
const ReverseOrder: Shape = { kind: 'boolean' };
const ScheduleActivityTaskDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['activityType', 'activityId'],
  members: {
    activityType: { shape: () => ActivityType },
    activityId: { shape: () => ActivityId },
    control: { shape: () => Data },
    input: { shape: () => Data },
    scheduleToCloseTimeout: { shape: () => DurationInSecondsOptional },
    taskList: { shape: () => TaskList },
    taskPriority: { shape: () => TaskPriority },
    scheduleToStartTimeout: { shape: () => DurationInSecondsOptional },
    startToCloseTimeout: { shape: () => DurationInSecondsOptional },
    heartbeatTimeout: { shape: () => DurationInSecondsOptional },
  },
};
const ScheduleLambdaFunctionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['id', 'name'],
  members: {
    id: { shape: () => FunctionId },
    name: { shape: () => FunctionName },
    control: { shape: () => Data },
    input: { shape: () => FunctionInput },
    startToCloseTimeout: { shape: () => LambdaDuration },
  },
};
const SignalExternalWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['workflowId', 'signalName'],
  members: {
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunIdOptional },
    signalName: { shape: () => SignalName },
    input: { shape: () => Data },
    control: { shape: () => Data },
  },
};
const SignalName: StringShape = { kind: 'string', min: 1, max: 256 };
const SignalWorkflowExecutionInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowId', 'signalName'],
  members: {
    domain: { shape: () => DomainName },
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunIdOptional },
    signalName: { shape: () => SignalName },
    input: { shape: () => Data },
  },
};
const StartAtPreviousStartedEvent: Shape = { kind: 'boolean' };
const StartChildWorkflowExecutionDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['workflowType', 'workflowId'],
  members: {
    workflowType: { shape: () => WorkflowType },
    workflowId: { shape: () => WorkflowId },
    control: { shape: () => Data },
    input: { shape: () => Data },
    executionStartToCloseTimeout: { shape: () => ExecutionDuration },
    taskList: { shape: () => TaskList },
    taskPriority: { shape: () => TaskPriority },
    taskStartToCloseTimeout: { shape: () => DurationInSecondsOptional },
    childPolicy: { shape: () => ChildPolicy },
    tagList: { shape: () => TagList },
    lambdaRole: { shape: () => Arn },
  },
};
const StartTimerDecisionAttributes: StructureShape = {
  kind: 'structure',
  required: ['timerId', 'startToFireTimeout'],
  members: {
    timerId: { shape: () => TimerId },
    control: { shape: () => Data },
    startToFireTimeout: { shape: () => DurationInSeconds },
  },
};
const StartWorkflowExecutionInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowId', 'workflowType'],
  members: {
    domain: { shape: () => DomainName },
    workflowId: { shape: () => WorkflowId },
    workflowType: { shape: () => WorkflowType },
    taskList: { shape: () => TaskList },
    taskPriority: { shape: () => TaskPriority },
    input: { shape: () => Data },
    executionStartToCloseTimeout: { shape: () => ExecutionDuration },
    tagList: { shape: () => TagList },
    taskStartToCloseTimeout: { shape: () => DurationInSecondsOptional },
    childPolicy: { shape: () => ChildPolicy },
    lambdaRole: { shape: () => Arn },
  },
};
const Tag: StringShape = { kind: 'string', min: 0, max: 256 };
const TagFilter: StructureShape = {
  kind: 'structure',
  required: ['tag'],
  members: {
    tag: { shape: () => Tag },
  },
};
const TagList: ListShape = { kind: 'list', max: 5, member: () => Tag };
const TagResourceInput: StructureShape = {
  kind: 'structure',
  required: ['resourceArn', 'tags'],
  members: {
    resourceArn: { shape: () => Arn },
    tags: { shape: () => ResourceTagList },
  },
};
const TaskList: StructureShape = {
  kind: 'structure',
  required: ['name'],
  members: {
    name: { shape: () => TaskListName },
  },
};
const TaskListName: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*(?<!\\s)' };
const TaskPriority: StringShape = { kind: 'string', number: { min: -2147483648, max: 2147483647 } };
const TaskToken: StringShape = { kind: 'string', min: 1, max: 1024 };
const TerminateReason: StringShape = { kind: 'string', max: 256 };
const TerminateWorkflowExecutionInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowId'],
  members: {
    domain: { shape: () => DomainName },
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunIdOptional },
    reason: { shape: () => TerminateReason },
    details: { shape: () => Data },
    childPolicy: { shape: () => ChildPolicy },
  },
};
const TimerId: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*' };
const Timestamp: Shape = { kind: 'timestamp' };
const UndeprecateActivityTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'activityType'],
  members: {
    domain: { shape: () => DomainName },
    activityType: { shape: () => ActivityType },
  },
};
const UndeprecateDomainInput: StructureShape = {
  kind: 'structure',
  required: ['name'],
  members: {
    name: { shape: () => DomainName },
  },
};
const UndeprecateWorkflowTypeInput: StructureShape = {
  kind: 'structure',
  required: ['domain', 'workflowType'],
  members: {
    domain: { shape: () => DomainName },
    workflowType: { shape: () => WorkflowType },
  },
};
const UntagResourceInput: StructureShape = {
  kind: 'structure',
  required: ['resourceArn', 'tagKeys'],
  members: {
    resourceArn: { shape: () => Arn },
    tagKeys: { shape: () => ResourceTagKeyList },
  },
};
const Version: StringShape = { kind: 'string', min: 1, max: 64, pattern: '(?!arn$)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*' };
const VersionOptional: StringShape = { kind: 'string', max: 64 };
const WorkflowExecution: StructureShape = {
  kind: 'structure',
  required: ['workflowId', 'runId'],
  members: {
    workflowId: { shape: () => WorkflowId },
    runId: { shape: () => WorkflowRunId },
  },
};
const WorkflowExecutionFilter: StructureShape = {
  kind: 'structure',
  required: ['workflowId'],
  members: {
    workflowId: { shape: () => WorkflowId },
  },
};
const WorkflowId: StringShape = { kind: 'string', min: 1, max: 256, pattern: '(?!arn$)[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff:/|]*' };
const WorkflowRunId: StringShape = { kind: 'string', min: 1, max: 64 };
const WorkflowRunIdOptional: StringShape = { kind: 'string', max: 64 };
const WorkflowType: StructureShape = {
  kind: 'structure',
  required: ['name', 'version'],
  members: {
    name: { shape: () => Name },
    version: { shape: () => Version },
  },
};
const WorkflowTypeFilter: StructureShape = {
  kind: 'structure',
  required: ['name'],
  members: {
    name: { shape: () => Name },
    version: { shape: () => VersionOptional },
  },
};

export const swfModel: ServiceModel = {
  apiVersion: '2012-01-25',
  signingName: 'swf',
  targetPrefix: 'SimpleWorkflowService',
  operations: {
    CountClosedWorkflowExecutions: { name: 'CountClosedWorkflowExecutions', method: 'POST', uri: '/', input: CountClosedWorkflowExecutionsInput, hasOutput: true },
    CountOpenWorkflowExecutions: { name: 'CountOpenWorkflowExecutions', method: 'POST', uri: '/', input: CountOpenWorkflowExecutionsInput, hasOutput: true },
    CountPendingActivityTasks: { name: 'CountPendingActivityTasks', method: 'POST', uri: '/', input: CountPendingActivityTasksInput, hasOutput: true },
    CountPendingDecisionTasks: { name: 'CountPendingDecisionTasks', method: 'POST', uri: '/', input: CountPendingDecisionTasksInput, hasOutput: true },
    DeleteActivityType: { name: 'DeleteActivityType', method: 'POST', uri: '/', input: DeleteActivityTypeInput, hasOutput: false },
    DeleteWorkflowType: { name: 'DeleteWorkflowType', method: 'POST', uri: '/', input: DeleteWorkflowTypeInput, hasOutput: false },
    DeprecateActivityType: { name: 'DeprecateActivityType', method: 'POST', uri: '/', input: DeprecateActivityTypeInput, hasOutput: false },
    DeprecateDomain: { name: 'DeprecateDomain', method: 'POST', uri: '/', input: DeprecateDomainInput, hasOutput: false },
    DeprecateWorkflowType: { name: 'DeprecateWorkflowType', method: 'POST', uri: '/', input: DeprecateWorkflowTypeInput, hasOutput: false },
    DescribeActivityType: { name: 'DescribeActivityType', method: 'POST', uri: '/', input: DescribeActivityTypeInput, hasOutput: true },
    DescribeDomain: { name: 'DescribeDomain', method: 'POST', uri: '/', input: DescribeDomainInput, hasOutput: true },
    DescribeWorkflowExecution: { name: 'DescribeWorkflowExecution', method: 'POST', uri: '/', input: DescribeWorkflowExecutionInput, hasOutput: true },
    DescribeWorkflowType: { name: 'DescribeWorkflowType', method: 'POST', uri: '/', input: DescribeWorkflowTypeInput, hasOutput: true },
    GetWorkflowExecutionHistory: { name: 'GetWorkflowExecutionHistory', method: 'POST', uri: '/', input: GetWorkflowExecutionHistoryInput, hasOutput: true },
    ListActivityTypes: { name: 'ListActivityTypes', method: 'POST', uri: '/', input: ListActivityTypesInput, hasOutput: true },
    ListClosedWorkflowExecutions: { name: 'ListClosedWorkflowExecutions', method: 'POST', uri: '/', input: ListClosedWorkflowExecutionsInput, hasOutput: true },
    ListDomains: { name: 'ListDomains', method: 'POST', uri: '/', input: ListDomainsInput, hasOutput: true },
    ListOpenWorkflowExecutions: { name: 'ListOpenWorkflowExecutions', method: 'POST', uri: '/', input: ListOpenWorkflowExecutionsInput, hasOutput: true },
    ListTagsForResource: { name: 'ListTagsForResource', method: 'POST', uri: '/', input: ListTagsForResourceInput, hasOutput: true },
    ListWorkflowTypes: { name: 'ListWorkflowTypes', method: 'POST', uri: '/', input: ListWorkflowTypesInput, hasOutput: true },
    PollForActivityTask: { name: 'PollForActivityTask', method: 'POST', uri: '/', input: PollForActivityTaskInput, hasOutput: true },
    PollForDecisionTask: { name: 'PollForDecisionTask', method: 'POST', uri: '/', input: PollForDecisionTaskInput, hasOutput: true },
    RecordActivityTaskHeartbeat: { name: 'RecordActivityTaskHeartbeat', method: 'POST', uri: '/', input: RecordActivityTaskHeartbeatInput, hasOutput: true },
    RegisterActivityType: { name: 'RegisterActivityType', method: 'POST', uri: '/', input: RegisterActivityTypeInput, hasOutput: false },
    RegisterDomain: { name: 'RegisterDomain', method: 'POST', uri: '/', input: RegisterDomainInput, hasOutput: false },
    RegisterWorkflowType: { name: 'RegisterWorkflowType', method: 'POST', uri: '/', input: RegisterWorkflowTypeInput, hasOutput: false },
    RequestCancelWorkflowExecution: { name: 'RequestCancelWorkflowExecution', method: 'POST', uri: '/', input: RequestCancelWorkflowExecutionInput, hasOutput: false },
    RespondActivityTaskCanceled: { name: 'RespondActivityTaskCanceled', method: 'POST', uri: '/', input: RespondActivityTaskCanceledInput, hasOutput: false },
    RespondActivityTaskCompleted: { name: 'RespondActivityTaskCompleted', method: 'POST', uri: '/', input: RespondActivityTaskCompletedInput, hasOutput: false },
    RespondActivityTaskFailed: { name: 'RespondActivityTaskFailed', method: 'POST', uri: '/', input: RespondActivityTaskFailedInput, hasOutput: false },
    RespondDecisionTaskCompleted: { name: 'RespondDecisionTaskCompleted', method: 'POST', uri: '/', input: RespondDecisionTaskCompletedInput, hasOutput: false },
    SignalWorkflowExecution: { name: 'SignalWorkflowExecution', method: 'POST', uri: '/', input: SignalWorkflowExecutionInput, hasOutput: false },
    StartWorkflowExecution: { name: 'StartWorkflowExecution', method: 'POST', uri: '/', input: StartWorkflowExecutionInput, hasOutput: true },
    TagResource: { name: 'TagResource', method: 'POST', uri: '/', input: TagResourceInput, hasOutput: false },
    TerminateWorkflowExecution: { name: 'TerminateWorkflowExecution', method: 'POST', uri: '/', input: TerminateWorkflowExecutionInput, hasOutput: false },
    UndeprecateActivityType: { name: 'UndeprecateActivityType', method: 'POST', uri: '/', input: UndeprecateActivityTypeInput, hasOutput: false },
    UndeprecateDomain: { name: 'UndeprecateDomain', method: 'POST', uri: '/', input: UndeprecateDomainInput, hasOutput: false },
    UndeprecateWorkflowType: { name: 'UndeprecateWorkflowType', method: 'POST', uri: '/', input: UndeprecateWorkflowTypeInput, hasOutput: false },
    UntagResource: { name: 'UntagResource', method: 'POST', uri: '/', input: UntagResourceInput, hasOutput: false },
  },
};
