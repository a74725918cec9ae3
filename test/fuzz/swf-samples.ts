import type { OperationName } from '../../src/apis/swf/model/types.gen.ts';

/** What good requests refer to. */
export interface Situation {
  readonly domain: string;
  readonly domainArn: string;
  readonly runId: string;
  readonly decisionToken: string;
  readonly activityToken: string;
  readonly pageToken: string;
  /** Counts the requests to one operation. */
  readonly round: number;
}

export const workflowType = { name: 'Order', version: '1' };
const activityType = { name: 'Pack', version: '1' };
export const taskList = { name: 'list' };
export const LONGEST = '31536000';

const workflowDefaults = {
  defaultTaskStartToCloseTimeout: 'NONE',
  defaultExecutionStartToCloseTimeout: LONGEST,
  defaultTaskList: taskList,
  defaultTaskPriority: '0',
  defaultChildPolicy: 'ABANDON',
  defaultLambdaRole: 'arn:aws:iam::1:role/r',
};
const activityDefaults = {
  defaultTaskStartToCloseTimeout: 'NONE',
  defaultTaskHeartbeatTimeout: 'NONE',
  defaultTaskList: taskList,
  defaultTaskPriority: '0',
  defaultTaskScheduleToStartTimeout: 'NONE',
  defaultTaskScheduleToCloseTimeout: 'NONE',
};
export const typeDefaults = { workflow: workflowDefaults, activity: activityDefaults };

const overrides = {
  input: 'i',
  executionStartToCloseTimeout: LONGEST,
  taskList,
  taskPriority: '1',
  taskStartToCloseTimeout: 'NONE',
  childPolicy: 'ABANDON',
  tagList: ['t', 'u'],
  lambdaRole: 'arn:aws:iam::1:role/r',
};

const decision = (decisionType: string, attributes: object) => ({
  decisionType,
  [`${decisionType.charAt(0).toLowerCase()}${decisionType.slice(1)}DecisionAttributes`]: attributes,
});

export const scheduleActivity = decision('ScheduleActivityTask', {
  activityType,
  activityId: 'a',
  control: 'c',
  input: 'i',
  scheduleToCloseTimeout: 'NONE',
  taskList,
  taskPriority: '1',
  scheduleToStartTimeout: 'NONE',
  startToCloseTimeout: 'NONE',
  heartbeatTimeout: 'NONE',
});

const decisions = [
  scheduleActivity,
  decision('RequestCancelActivityTask', { activityId: 'a' }),
  decision('RecordMarker', { markerName: 'm', details: 'd' }),
  decision('StartTimer', { timerId: 't', control: 'c', startToFireTimeout: '0' }),
  decision('CancelTimer', { timerId: 't' }),
  decision('SignalExternalWorkflowExecution', {
    workflowId: 'W',
    runId: '',
    signalName: 's',
    input: 'i',
    control: 'c',
  }),
  decision('RequestCancelExternalWorkflowExecution', { workflowId: 'V', runId: 'r', control: 'c' }),
  decision('StartChildWorkflowExecution', { workflowType, workflowId: 'C', control: 'c', ...overrides }),
  decision('ScheduleLambdaFunction', {
    id: 'l',
    name: 'f',
    control: 'c',
    input: '{}',
    startToCloseTimeout: '9',
  }),
];

const closings = [
  decision('FailWorkflowExecution', { reason: 'r', details: 'd' }),
  decision('CancelWorkflowExecution', { details: 'd' }),
  decision('CompleteWorkflowExecution', { result: 'r' }),
  decision('ContinueAsNewWorkflowExecution', { workflowTypeVersion: '1', ...overrides }),
];

const times = { oldestDate: 0, latestDate: 2e9 };
const paging = { maximumPageSize: 10, reverseOrder: true };
const registrationStatus = 'REGISTERED';

/** A token of another query stands in the way of everything else, so half of the requests have none. */
const everyOther = (round: number, nextPageToken: string): object =>
  round % 2 === 0 ? { nextPageToken } : {};

type Sample = (situation: Situation) => object;

/** One good request of every operation, with every member of its input. */
export const samples: Readonly<Record<OperationName, Sample>> = {
  CountClosedWorkflowExecutions: ({ domain }) => ({
    domain,
    closeTimeFilter: times,
    closeStatusFilter: { status: 'FAILED' },
  }),
  CountOpenWorkflowExecutions: ({ domain }) => ({
    domain,
    startTimeFilter: times,
    typeFilter: workflowType,
  }),
  CountPendingActivityTasks: ({ domain }) => ({ domain, taskList }),
  CountPendingDecisionTasks: ({ domain }) => ({ domain, taskList }),
  DeleteActivityType: ({ domain }) => ({ domain, activityType }),
  DeleteWorkflowType: ({ domain }) => ({ domain, workflowType }),
  DeprecateActivityType: ({ domain }) => ({ domain, activityType }),
  DeprecateDomain: ({ domain }) => ({ name: domain }),
  DeprecateWorkflowType: ({ domain }) => ({ domain, workflowType }),
  DescribeActivityType: ({ domain }) => ({ domain, activityType }),
  DescribeDomain: ({ domain }) => ({ name: domain }),
  DescribeWorkflowExecution: ({ domain, runId }) => ({ domain, execution: { workflowId: 'W', runId } }),
  DescribeWorkflowType: ({ domain }) => ({ domain, workflowType }),
  GetWorkflowExecutionHistory: ({ domain, runId, pageToken }) => ({
    domain,
    execution: { workflowId: 'W', runId },
    maximumPageSize: 1,
    nextPageToken: pageToken,
  }),
  ListActivityTypes: ({ domain }) => ({ domain, name: 'Pack', registrationStatus, ...paging }),
  ListClosedWorkflowExecutions: ({ domain }) => ({
    domain,
    startTimeFilter: times,
    tagFilter: { tag: 't' },
    ...paging,
  }),
  ListDomains: ({ pageToken, round }) => ({ ...everyOther(round, pageToken), registrationStatus, ...paging }),
  ListOpenWorkflowExecutions: ({ domain }) => ({
    domain,
    startTimeFilter: times,
    executionFilter: { workflowId: 'W' },
    ...paging,
  }),
  ListTagsForResource: ({ domainArn }) => ({ resourceArn: domainArn }),
  ListWorkflowTypes: ({ domain }) => ({ domain, name: 'Order', registrationStatus, ...paging }),
  PollForActivityTask: ({ domain }) => ({ domain, taskList, identity: 'me' }),
  PollForDecisionTask: ({ domain, pageToken, round }) => ({
    domain,
    taskList,
    identity: 'me',
    ...everyOther(round, pageToken),
    maximumPageSize: 5,
    reverseOrder: false,
    startAtPreviousStartedEvent: true,
  }),
  RecordActivityTaskHeartbeat: ({ activityToken }) => ({ taskToken: activityToken, details: 'd' }),
  RegisterActivityType: ({ domain }) => ({
    domain,
    name: 'New',
    version: '1',
    description: 'd',
    ...activityDefaults,
  }),
  RegisterDomain: () => ({
    name: 'new',
    description: 'd',
    workflowExecutionRetentionPeriodInDays: '1',
    tags: [{ key: 'k', value: 'v' }],
  }),
  RegisterWorkflowType: ({ domain }) => ({
    domain,
    name: 'New',
    version: '1',
    description: 'd',
    ...workflowDefaults,
  }),
  RequestCancelWorkflowExecution: ({ domain, runId }) => ({ domain, workflowId: 'W', runId }),
  RespondActivityTaskCanceled: ({ activityToken }) => ({ taskToken: activityToken, details: 'd' }),
  RespondActivityTaskCompleted: ({ activityToken }) => ({ taskToken: activityToken, result: 'r' }),
  RespondActivityTaskFailed: ({ activityToken }) => ({
    taskToken: activityToken,
    reason: 'r',
    details: 'd',
  }),
  RespondDecisionTaskCompleted: ({ decisionToken, round }) => ({
    taskToken: decisionToken,
    decisions: [...decisions, closings[round % closings.length]],
    executionContext: 'c',
    taskList,
    taskListScheduleToStartTimeout: 'NONE',
  }),
  SignalWorkflowExecution: ({ domain, runId }) => ({
    domain,
    workflowId: 'W',
    runId,
    signalName: 's',
    input: 'i',
  }),
  StartWorkflowExecution: ({ domain }) => ({ domain, workflowId: 'X', workflowType, ...overrides }),
  TagResource: ({ domainArn }) => ({ resourceArn: domainArn, tags: [{ key: 'k', value: 'v' }] }),
  TerminateWorkflowExecution: ({ domain, runId }) => ({
    domain,
    workflowId: 'W',
    runId,
    reason: 'r',
    details: 'd',
    childPolicy: 'TERMINATE',
  }),
  UndeprecateActivityType: ({ domain }) => ({ domain, activityType }),
  UndeprecateDomain: ({ domain }) => ({ name: domain }),
  UndeprecateWorkflowType: ({ domain }) => ({ domain, workflowType }),
  UntagResource: ({ domainArn }) => ({ resourceArn: domainArn, tagKeys: ['k'] }),
};
