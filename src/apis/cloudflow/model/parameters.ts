import type { InputOf, ParameterTable } from '../../../wire/protocols/alibaba-rpc-shape.ts';

/** Names of flows, executions, schedules and aliases. */
const name = {
  kind: 'string',
  min: 1,
  max: 128,
  pattern: '[A-Za-z_][A-Za-z0-9_-]*',
  form: '1 to 128 letters, digits, _ and -, not beginning with a digit or -',
} as const;

const requiredName = { ...name, required: true } as const;

/** Executions of express flows have a UUID behind their name, and children of map runs names of their own. */
const executionName = {
  kind: 'string',
  min: 1,
  max: 256,
  pattern: '[A-Za-z_0-9][A-Za-z0-9_:.-]*',
  form: 'the name of an execution',
  required: true,
} as const;

const text = { kind: 'string' } as const;
const someText = { kind: 'string', min: 1 } as const;
const requiredText = { kind: 'string', required: true } as const;
const someRequiredText = { kind: 'string', min: 1, required: true } as const;
const nextToken = { kind: 'string', min: 1, max: 4096 } as const;
const flag = { kind: 'boolean' } as const;
const count = { kind: 'integer', min: 0, max: 1_000_000_000 } as const;

const limit = <Max extends number>(max: Max) => ({ kind: 'integer', min: 1, max }) as const;

const environment = {
  kind: 'structure',
  members: {
    Variables: {
      kind: 'list',
      max: 1000,
      member: { kind: 'structure', members: { Name: someRequiredText, Value: text, Description: text } },
    },
  },
} as const;

const routing = {
  kind: 'list',
  min: 1,
  max: 2,
  member: {
    kind: 'structure',
    members: {
      Version: someRequiredText,
      Weight: { kind: 'integer', min: 0, max: 1_000_000, required: true },
    },
  },
} as const;

const cron = { kind: 'string', min: 1, max: 1000 } as const;
const flowVersion = {
  kind: 'string',
  min: 1,
  max: 16,
  pattern: '[1-9][0-9]*',
  form: 'the number of a version',
} as const;
const qualifier = { kind: 'string', min: 1, max: 128 } as const;
const errorName = { kind: 'string', min: 1, max: 128 } as const;
const cause = { kind: 'string', min: 1, max: 4096 } as const;

/** What each operation of CloudFlow, API version 2019-03-15, takes: https://api.aliyun.com/document/fnf/2019-03-15/overview */
export const parameters = {
  CreateFlow: {
    Name: requiredName,
    Definition: someRequiredText,
    Description: requiredText,
    Type: { kind: 'string', min: 1, enum: ['FDL', 'DEFAULT'], required: true },
    RoleArn: text,
    ExternalStorageLocation: text,
    ExecutionMode: { kind: 'string', min: 1, enum: ['Standard', 'Express'] },
    Environment: environment,
    ResourceGroupId: text,
  },
  UpdateFlow: {
    Name: requiredName,
    Definition: someText,
    Description: text,
    Type: { kind: 'string', min: 1, enum: ['FDL', 'DEFAULT'] },
    RoleArn: text,
    Environment: environment,
  },
  DescribeFlow: { Name: requiredName, FlowVersion: flowVersion },
  DeleteFlow: { Name: requiredName },
  ListFlows: { NextToken: nextToken, Limit: limit(1000), ResourceGroupId: someText },
  StartExecution: {
    FlowName: requiredName,
    ExecutionName: name,
    Input: someText,
    CallbackFnFTaskToken: someText,
    Qualifier: qualifier,
  },
  StartSyncExecution: { FlowName: requiredName, ExecutionName: name, Input: someText, Qualifier: qualifier },
  StopExecution: { FlowName: requiredName, ExecutionName: executionName, Error: errorName, Cause: cause },
  DescribeExecution: {
    FlowName: requiredName,
    ExecutionName: executionName,
    WaitTimeSeconds: { kind: 'integer', min: 0, max: 60 },
  },
  ListExecutions: {
    FlowName: requiredName,
    NextToken: nextToken,
    Limit: limit(100),
    Status: {
      kind: 'string',
      min: 1,
      enum: ['Starting', 'Running', 'Stopped', 'Succeeded', 'Failed', 'TimedOut'],
    },
    StartedTimeBegin: someText,
    StartedTimeEnd: someText,
    ExecutionNamePrefix: someText,
    MapRunName: someText,
    MetadataOnly: flag,
    Qualifier: qualifier,
  },
  GetExecutionHistory: {
    FlowName: requiredName,
    ExecutionName: executionName,
    NextToken: { kind: 'string', min: 1, max: 9, pattern: '[1-9][0-9]*', form: 'the id of an event' },
    Limit: limit(1000),
  },
  ReportTaskSucceeded: { TaskToken: someRequiredText, Output: someRequiredText },
  ReportTaskFailed: { TaskToken: someRequiredText, Error: { ...errorName, required: true }, Cause: cause },
  CreateSchedule: {
    FlowName: requiredName,
    ScheduleName: requiredName,
    CronExpression: { ...cron, required: true },
    Payload: someText,
    Enable: flag,
    Description: text,
  },
  UpdateSchedule: {
    FlowName: requiredName,
    ScheduleName: requiredName,
    CronExpression: cron,
    Payload: text,
    Enable: flag,
    Description: text,
  },
  DescribeSchedule: { FlowName: requiredName, ScheduleName: requiredName },
  DeleteSchedule: { FlowName: requiredName, ScheduleName: requiredName },
  ListSchedules: { FlowName: requiredName, NextToken: nextToken, Limit: limit(1000) },
  PublishFlowVersion: { FlowName: requiredName, Description: text },
  ListFlowVersions: { FlowName: requiredName, NextToken: nextToken, Limit: limit(1000) },
  DeleteFlowVersion: { FlowName: requiredName, FlowVersion: { ...flowVersion, required: true } },
  CreateFlowAlias: {
    FlowName: requiredName,
    Name: requiredName,
    RoutingConfigurations: { ...routing, required: true },
    Description: text,
  },
  UpdateFlowAlias: {
    FlowName: requiredName,
    Name: requiredName,
    Description: text,
    RoutingConfigurations: routing,
  },
  DescribeFlowAlias: { FlowName: requiredName, Name: requiredName },
  ListFlowAliases: { FlowName: requiredName, NextToken: nextToken, Limit: limit(1000) },
  DeleteFlowAlias: { FlowName: requiredName, Name: requiredName },
  DescribeMapRun: { FlowName: requiredName, ExecutionName: executionName, MapRunName: someRequiredText },
  UpdateMapRun: {
    FlowName: requiredName,
    ExecutionName: executionName,
    MapRunName: someRequiredText,
    Concurrency: { kind: 'integer', min: 1, max: 1_000_000 },
    ToleratedFailedCount: count,
    ToleratedFailedPercentage: { kind: 'integer', min: 0, max: 100 },
  },
  DescribeRegions: { AcceptLanguage: text },
} as const satisfies ParameterTable;

export type OperationName = keyof typeof parameters;

/** The input of an operation, for example `Input<'DescribeExecution'>`. */
export type Input<Name extends OperationName> = InputOf<(typeof parameters)[Name]>;
