import { parse } from 'yaml';
import type { OperationName } from '../../src/apis/cloudflow/model/parameters.ts';
import { CASES } from '../apis/cloudflow/cases/cases.ts';

/** What good requests refer to. */
export interface Situation {
  /** Of an execution whose task waits for it. */
  readonly token: string;
  readonly mapRun: string;
  readonly pageToken: string;
  /** Counts the requests to one operation. */
  readonly round: number;
}

export const FLOWS: Readonly<Record<string, string>> = {
  f: `
version: v1
type: flow
steps:
  - type: task
    name: ask
    resourceArn: acs:fc:::services/s/functions/f
    pattern: waitForCallback
    inputMappings:
      - {target: token, source: $context.task.token}
`,
  m: `
Type: StateMachine
Name: m
SpecVersion: v1
StartAt: each
States:
  - Type: Map
    Name: each
    ItemsPath: $Input.items
    ProcessorConfig: {ExecutionMode: Standard}
    ToleratedFailureCount: 1
    Processor:
      StartAt: ask
      States:
        - Type: Task
          Name: ask
          Action: FC:InvokeFunction
          TaskMode: WaitForCustomCallback
          Parameters: {resourceArn: acs:fc:::functions/f, body: {token.$: $Context.Current.TaskToken}}
          End: true
    End: true
`,
  x: `
Type: StateMachine
Name: x
SpecVersion: v1
StartAt: refuse
States:
  - {Type: Fail, Name: refuse, Code: Refused, Detail: always}
`,
};

const environment = { Variables: [{ Name: 'k', Value: 'v', Description: 'd' }] };
const schedule = { FlowName: 'f', ScheduleName: 's', CronExpression: '@every 1m', Enable: 'true' };
const routing = [
  { Version: '1', Weight: 3 },
  { Version: '2', Weight: 1 },
];
const execution = { FlowName: 'f', ExecutionName: 'e' };
const mapRun = ({ mapRun: MapRunName }: Situation) => ({ FlowName: 'm', ExecutionName: 'e', MapRunName });

/** Flows of the reference by turns; as an object, inside which more can be changed, or as text. */
function definition({ round }: Situation): unknown {
  const { definition: text } = CASES[Math.floor(round / 2) % CASES.length] ?? { definition: '' };
  return round % 2 === 0 ? { ...parse(text), Name: 'new' } : text.replace(/^Name: .*/m, 'Name: new');
}

/** A token of another query stands in the way of everything else, so half of the requests have none. */
const paging = ({ round, pageToken: NextToken }: Situation): object =>
  round % 2 === 0 ? { Limit: '10', NextToken } : { Limit: '2' };

type Sample = (situation: Situation) => object;

/** One good request of every operation, with every parameter; what is no text is sent as JSON text. */
export const samples: Readonly<Record<OperationName, Sample>> = {
  CreateFlow: (situation) => ({
    Name: 'new',
    Definition: definition(situation),
    Description: 'd',
    Type: 'FDL',
    RoleArn: 'acs:ram::1:role/r',
    ExternalStorageLocation: '/bucket',
    ExecutionMode: situation.round % 3 === 0 ? 'Express' : 'Standard',
    Environment: environment,
    ResourceGroupId: 'g',
  }),
  UpdateFlow: (situation) => ({
    Name: 'new',
    Definition: definition(situation),
    Description: 'd',
    Type: 'FDL',
    RoleArn: 'acs:ram::1:role/r',
    Environment: environment,
  }),
  DescribeFlow: () => ({ Name: 'f', FlowVersion: '1' }),
  DeleteFlow: () => ({ Name: 'f' }),
  ListFlows: (situation) => ({ ...paging(situation), ResourceGroupId: 'g' }),
  StartExecution: ({ token, round }) => ({
    FlowName: 'f',
    ExecutionName: `n${round % 50}`,
    Input: { a: [1, { b: null }] },
    CallbackFnFTaskToken: token,
    Qualifier: round % 2 === 0 ? '1' : 'live',
  }),
  StartSyncExecution: () => ({ FlowName: 'x', ExecutionName: 'n', Input: { a: 1 }, Qualifier: '1' }),
  StopExecution: () => ({ ...execution, Error: 'E', Cause: 'c' }),
  DescribeExecution: () => ({ ...execution, WaitTimeSeconds: '1' }),
  ListExecutions: (situation) => ({
    FlowName: 'f',
    ...paging(situation),
    Status: 'Running',
    StartedTimeBegin: '2019-01-01T00:00:00Z',
    StartedTimeEnd: '2099-01-01T00:00:00+08:00',
    ExecutionNamePrefix: 'e',
    MapRunName: 'm',
    MetadataOnly: 'true',
    Qualifier: '1',
  }),
  GetExecutionHistory: () => ({ ...execution, NextToken: '2', Limit: '2' }),
  ReportTaskSucceeded: ({ token: TaskToken }) => ({ TaskToken, Output: { a: [1] } }),
  ReportTaskFailed: ({ token: TaskToken }) => ({ TaskToken, Error: 'E', Cause: 'c' }),
  CreateSchedule: ({ round }) => ({
    ...schedule,
    ScheduleName: `s${round % 20}`,
    Payload: { a: 1 },
    Description: 'd',
  }),
  UpdateSchedule: ({ round }) => ({
    ...schedule,
    CronExpression: round % 2 === 0 ? 'CRON_TZ=Asia/Shanghai 0 0/5 4-6 ? * MON-FRI' : '0 0 4 1 * *',
    Payload: { a: 1 },
    Description: 'd',
  }),
  DescribeSchedule: () => ({ FlowName: 'f', ScheduleName: 's' }),
  DeleteSchedule: () => ({ FlowName: 'f', ScheduleName: 's' }),
  ListSchedules: (situation) => ({ FlowName: 'f', ...paging(situation) }),
  PublishFlowVersion: () => ({ FlowName: 'f', Description: 'd' }),
  ListFlowVersions: (situation) => ({ FlowName: 'f', ...paging(situation) }),
  DeleteFlowVersion: ({ round }) => ({ FlowName: 'f', FlowVersion: String(1 + (round % 4)) }),
  CreateFlowAlias: ({ round }) => ({
    FlowName: 'f',
    Name: `a${round % 20}`,
    RoutingConfigurations: routing,
    Description: 'd',
  }),
  UpdateFlowAlias: () => ({
    FlowName: 'f',
    Name: 'live',
    RoutingConfigurations: routing,
    Description: 'd',
  }),
  DescribeFlowAlias: () => ({ FlowName: 'f', Name: 'live' }),
  ListFlowAliases: (situation) => ({ FlowName: 'f', ...paging(situation) }),
  DeleteFlowAlias: ({ round }) => ({ FlowName: 'f', Name: round % 2 === 0 ? 'live' : 'a1' }),
  DescribeMapRun: mapRun,
  UpdateMapRun: (situation) => ({
    ...mapRun(situation),
    Concurrency: '2',
    ToleratedFailedCount: '1',
    ToleratedFailedPercentage: '50',
  }),
  DescribeRegions: () => ({ AcceptLanguage: 'en-US' }),
};
