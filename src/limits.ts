/** One quota or bound: a setting under `limits:` in the configuration. 0 means unlimited unless the meaning says otherwise. */
export interface Limit {
  readonly name: string;
  readonly default: number;
  readonly meaning: string;
}

const limit = (name: string, value: number, meaning: string): Limit => ({ name, default: value, meaning });

const SERVER: readonly Limit[] = [
  limit('server.requestBytes', 1_048_576, 'bytes of a request, headers included'),
  limit('server.headerBytes', 16_384, 'bytes of a request’s headers'),
  limit('server.headerMilliseconds', 10_000, 'from the first byte of a request to the end of its headers'),
  limit('server.requestMilliseconds', 30_000, 'from the first byte of a request to the end of its body'),
  limit('server.keepAliveMilliseconds', 75_000, 'how long a connection may be idle between requests'),
  limit('server.connections', 20_000, 'connections open at the same time'),
];

const FUNCTIONS: readonly Limit[] = [
  limit('functions.answerBytes', 6_291_456, 'bytes of a function’s answer'),
  limit('functions.concurrency', 32, 'calls of one command or module at the same time; later ones wait'),
];

const QUEUES: readonly Limit[] = [
  limit('queues.messages', 100_000, 'messages of one account in all its queues'),
  limit('queues.messageBytes', 65_536, 'bytes of a message’s body'),
  limit('queues.messageSeconds', 345_600, 'how long a message that nobody deletes is kept'),
  limit('queues.pollers', 1_000, 'simultaneous receivers per queue'),
];

const SWF: readonly Limit[] = [
  limit('swf.domains', 100, 'domains per account and region, registered and deprecated'),
  limit('swf.workflowTypes', 10_000, 'workflow types per domain'),
  limit('swf.activityTypes', 10_000, 'activity types per domain'),
  limit('swf.openExecutions', 100_000, 'open executions per domain, children included'),
  limit('swf.historyEvents', 25_000, 'events of one execution, after which it is terminated'),
  limit('swf.openActivities', 1_000, 'open activity tasks per execution'),
  limit('swf.openTimers', 1_000, 'open timers per execution'),
  limit('swf.openChildren', 1_000, 'open child executions per execution'),
  limit('swf.openLambdaFunctions', 1_000, 'open Lambda functions per execution'),
  limit('swf.pollers', 1_000, 'simultaneous pollers per task list'),
  limit('swf.domainTags', 50, 'resource tags per domain'),
];

const CLOUDFLOW: readonly Limit[] = [
  limit('cloudflow.flows', 10_000, 'flows per account and region'),
  limit(
    'cloudflow.definitionCharacters',
    262_144,
    'characters of a flow’s definition, each YAML alias counted as what it repeats',
  ),
  limit(
    'cloudflow.definitionNodes',
    15_000,
    'scalars, lists and maps of a definition, aliases counted likewise',
  ),
  limit('cloudflow.definitionDepth', 100, 'lists and maps within each other in a definition'),
  limit('cloudflow.definitionAliases', 1_000, 'YAML aliases of a definition'),
  limit('cloudflow.legacyBranches', 100, 'branches of a parallel step'),
  limit('cloudflow.branches', 50, 'branches of a Parallel state'),
  limit('cloudflow.openExecutions', 100_000, 'open executions per flow, children of map runs included'),
  limit('cloudflow.inputBytes', 65_536, 'bytes of an execution’s input and of a schedule’s payload'),
  limit('cloudflow.outputBytes', 65_536, 'bytes of the output with which a task is reported'),
  limit('cloudflow.legacyStepBytes', 32_768, 'bytes of JSON of a step’s input, output and local together'),
  limit('cloudflow.stateBytes', 65_536, 'bytes of JSON of a state’s input, and of its output'),
  limit('cloudflow.variableNameBytes', 128, 'bytes of the name of a global variable of a state machine'),
  limit('cloudflow.variableBytes', 262_144, 'bytes of JSON of one global variable of a state machine'),
  limit('cloudflow.allVariablesBytes', 1_048_576, 'bytes of JSON of all global variables of an execution'),
  limit('cloudflow.historyEvents', 5_000, 'events of one execution, at which it fails'),
  limit('cloudflow.standardSeconds', 31_536_000, 'how long an execution in standard mode may take'),
  limit('cloudflow.expressSeconds', 300, 'how long an execution in express mode may take'),
  limit('cloudflow.legacyWaitSeconds', 172_800, 'longest wait step'),
  limit('cloudflow.waitSeconds', 300, 'longest Wait state in standard mode'),
  limit('cloudflow.expressWaitSeconds', 20, 'longest Wait state in express mode'),
  limit('cloudflow.foreachConcurrency', 100, 'iterations of a foreach step at the same time'),
  limit('cloudflow.mapConcurrency', 40, 'iterations of an inline Map state at the same time'),
  limit('cloudflow.distributedMapConcurrency', 100, 'child executions of a map run at the same time'),
  limit('cloudflow.mapRuns', 10, 'map runs of one execution that are open at the same time'),
  limit('cloudflow.mapItems', 10_000, 'items of a map run'),
  limit('cloudflow.mapItemBytes', 8_388_608, 'bytes of JSON of the items that a map reads from a bucket'),
  limit(
    'cloudflow.retentionDays',
    90,
    'how long a closed execution is kept; its name is free again after that',
  ),
  limit(
    'cloudflow.asyncRetries',
    3,
    'retries of a function that fails and is called asynchronously; 0 is none',
  ),
  limit('cloudflow.asyncSeconds', 86_400, 'how long an asynchronous call of a function is tried'),
  limit('cloudflow.httpMilliseconds', 60_000, 'from an HTTP request of a task to the end of its answer'),
  limit('cloudflow.httpAnswerBytes', 1_048_576, 'bytes of the answer to an HTTP request of a task'),
];

const TRANSFER: readonly Limit[] = [
  limit('transfer.servers', 50, 'servers per account and region'),
  limit('transfer.users', 10_000, 'users per server'),
  limit('transfer.sshKeys', 50, 'SSH public keys per user'),
  limit('transfer.hostKeys', 10, 'host keys per server'),
  limit(
    'transfer.identityProviderMilliseconds',
    30_000,
    'from asking an identity provider to the end of its answer',
  ),
  limit('transfer.sessions', 10_000, 'SFTP sessions of one server at the same time'),
  limit('transfer.channels', 10, 'SFTP channels of one session'),
  limit('transfer.handles', 1_000, 'files and directories open at the same time in one SFTP channel'),
  limit('transfer.packetBytes', 262_144, 'bytes of an SFTP packet'),
  limit('transfer.authenticationAttempts', 6, 'attempts to log in on one connection'),
  limit('transfer.loginSeconds', 120, 'from an SFTP connection to the login'),
  limit('transfer.idleSeconds', 1_800, 'how long an SFTP session may be without a request'),
  limit(
    'transfer.unresponsiveSeconds',
    300,
    'how long a client of SFTP may leave the server’s question whether it is there unanswered',
  ),
  limit('transfer.workflows', 1_000, 'workflows per account and region'),
  limit('transfer.executionDays', 90, 'how long an execution of a workflow is kept once it has ended'),
  limit('transfer.stepSeconds', 43_200, 'longest work on one step of a workflow, custom steps aside'),
  limit('transfer.decryptedBytes', 10_737_418_240, 'bytes of a file that a workflow decrypts'),
  limit(
    'transfer.concurrentSteps',
    16,
    'workflow steps that work on files at the same time; later ones wait',
  ),
  limit('transfer.concurrentDecrypts', 2, 'files that workflows decrypt at the same time; later ones wait'),
  limit('transfer.concurrentCalls', 64, 'functions that workflows call at the same time; later ones wait'),
  limit(
    'transfer.groupMilliseconds',
    50,
    'how long the first step of an execution waits at most, so that executions which start within that time take it together; the first after a pause does not wait, and with 0 none does',
  ),
];

const LOGS: readonly Limit[] = [
  limit('logs.days', 90, 'how long the lines of a log stream are kept after the last of them'),
];

const SECRETS_MANAGER: readonly Limit[] = [
  limit(
    'secretsManager.secrets',
    500_000,
    'secrets of an account and region, those included that wait for their deletion',
  ),
  limit(
    'secretsManager.versions',
    100,
    'versions of one secret; one more takes the place of the oldest that has no label and is a day old',
  ),
  limit('secretsManager.stages', 20, 'staging labels of one version'),
  limit('secretsManager.tags', 50, 'tags of one secret'),
];

type VendorRates = Readonly<Record<string, readonly [burst: number, perSecond: number]>>;

/** The vendor's token buckets per account: capacity and refill per second. Off here unless set. */
const SWF_RATES: VendorRates = {
  StartWorkflowExecution: [2000, 200],
  PollForDecisionTask: [2000, 200],
  PollForActivityTask: [2000, 200],
  RespondDecisionTaskCompleted: [2000, 200],
  RespondActivityTaskCompleted: [2000, 200],
  RespondActivityTaskFailed: [2000, 200],
  RespondActivityTaskCanceled: [2000, 200],
  RecordActivityTaskHeartbeat: [2000, 160],
  SignalWorkflowExecution: [2000, 30],
  RequestCancelWorkflowExecution: [2000, 30],
  TerminateWorkflowExecution: [2000, 60],
  GetWorkflowExecutionHistory: [2000, 60],
  DescribeWorkflowExecution: [2000, 6],
  DescribeWorkflowType: [2000, 6],
  DescribeActivityType: [2000, 6],
  DescribeDomain: [200, 6],
  CountOpenWorkflowExecutions: [2000, 6],
  CountClosedWorkflowExecutions: [2000, 6],
  CountPendingActivityTasks: [200, 6],
  CountPendingDecisionTasks: [200, 6],
  ListOpenWorkflowExecutions: [200, 48],
  ListClosedWorkflowExecutions: [200, 6],
  ListWorkflowTypes: [200, 6],
  ListActivityTypes: [200, 6],
  ListDomains: [100, 6],
  RegisterWorkflowType: [200, 60],
  RegisterActivityType: [200, 60],
  RegisterDomain: [100, 6],
  DeprecateWorkflowType: [200, 6],
  DeprecateActivityType: [200, 6],
  UndeprecateWorkflowType: [200, 6],
  UndeprecateActivityType: [200, 6],
  DeleteWorkflowType: [200, 6],
  DeleteActivityType: [200, 6],
  DeprecateDomain: [100, 6],
  UndeprecateDomain: [100, 6],
  TagResource: [50, 30],
  UntagResource: [50, 30],
  ListTagsForResource: [50, 30],
  'decision.ScheduleActivityTask': [1000, 200],
  'decision.StartTimer': [2000, 200],
  'decision.SignalExternalWorkflowExecution': [1200, 120],
  'decision.RequestCancelExternalWorkflowExecution': [1200, 120],
  'decision.StartChildWorkflowExecution': [500, 12],
  'execution.SignalWorkflowExecution': [1000, 1000],
  'execution.RecordActivityTaskHeartbeat': [1000, 1000],
  'execution.RequestCancelWorkflowExecution': [200, 200],
  'execution.GetWorkflowExecutionHistory': [400, 200],
};

/** Operations that the vendor does not name have 10 and 2. */
const CLOUDFLOW_RATES: VendorRates = {
  StartExecution: [100, 100],
  StartSyncExecution: [1000, 1000],
  DescribeExecution: [50, 5],
  GetExecutionHistory: [50, 5],
  ...Object.fromEntries(
    [
      ...['CreateFlow', 'UpdateFlow', 'DescribeFlow', 'DeleteFlow', 'ListFlows'],
      ...['StopExecution', 'ListExecutions', 'ReportTaskSucceeded', 'ReportTaskFailed'],
      ...['CreateSchedule', 'UpdateSchedule', 'DescribeSchedule', 'DeleteSchedule', 'ListSchedules'],
      ...['PublishFlowVersion', 'ListFlowVersions', 'DeleteFlowVersion'],
      ...['CreateFlowAlias', 'UpdateFlowAlias', 'DescribeFlowAlias', 'ListFlowAliases', 'DeleteFlowAlias'],
      ...['DescribeMapRun', 'UpdateMapRun', 'DescribeRegions'],
    ].map((name) => [name, [10, 2]] as const),
  ),
};

const ratesOf = (api: string, vendor: VendorRates): Limit[] =>
  Object.entries(vendor).flatMap(([name, [burst, perSecond]]) => [
    limit(
      `${api}.burst.${name}`,
      0,
      `calls at once where the rate is set, 0 being one second’s; the vendor allows ${burst}`,
    ),
    limit(`${api}.rate.${name}`, 0, `calls per second; the vendor allows ${perSecond}`),
  ]);

export const LIMITS: readonly Limit[] = [
  ...SERVER,
  ...FUNCTIONS,
  ...QUEUES,
  ...SWF,
  ...ratesOf('swf', SWF_RATES),
  ...CLOUDFLOW,
  ...TRANSFER,
  ...LOGS,
  ...SECRETS_MANAGER,
  ...ratesOf('cloudflow', CLOUDFLOW_RATES),
];

/** Every limit's value, those of the configuration before the defaults. */
export const limitValues = (configured: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(LIMITS.map(({ name, default: value }) => [name, configured[name] ?? value]));
