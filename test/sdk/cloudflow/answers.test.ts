import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { OperationName } from '../../../src/apis/cloudflow/model/parameters.ts';
import { settle } from '../../support/toy-kernel.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ENVIRONMENT = { Variables: [{ Name: 'stage', Value: 'test', Description: 'where it runs' }] };

const machine = (name: string, states: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: ${name}\nStartAt: s\nStates:\n${states}`;

const PASS = machine('f', '  - {Type: Pass, Name: s, End: true}\n');
const WAIT = machine('f', '  - {Type: Wait, Name: s, Seconds: 60, End: true}\n');
const MAP = machine(
  'm',
  `  - Type: Map
    Name: s
    ItemsPath: $Input.items
    ProcessorConfig: {ExecutionMode: Standard}
    Processor: {StartAt: w, States: [{Type: Wait, Name: w, Seconds: 60, End: true}]}
    End: true
`,
);
const ASK = machine(
  'c',
  '  - {Type: Task, Name: s, Action: "FC:InvokeFunction", TaskMode: WaitForCustomCallback, Parameters: {resourceArn: "acs:fc:::functions/f", body: {token.$: $Context.Current.TaskToken}}, End: true}\n',
);

const FLOW = {
  Name: 'f',
  Definition: PASS,
  Description: 'd d',
  Type: 'FDL',
  RoleArn: 'acs:ram::1:role/r',
  Environment: ENVIRONMENT,
  ResourceGroupId: 'rg-1',
};

/** What a flow's answers say of `FLOW`. */
const SHOWN_FLOW = {
  Id: UUID,
  Name: 'f',
  Description: 'd d',
  Type: 'FDL',
  Definition: PASS,
  RoleArn: 'acs:ram::1:role/r',
  ExecutionMode: 'Standard',
  CreatedTime: TIME,
  LastModifiedTime: TIME,
  Environment: ENVIRONMENT,
  ResourceGroupId: 'rg-1',
};

type Expected =
  | RegExp
  | string
  | number
  | boolean
  | readonly Expected[]
  | { readonly [key: string]: Expected };

/** Exactly these fields; an expression stands for a text that it matches. */
function check(actual: unknown, expected: Expected, path = 'answer'): void {
  if (expected instanceof RegExp) {
    assert.match(String(actual), expected, path);
    assert.equal(typeof actual, 'string', path);
  } else if (typeof expected !== 'object') {
    assert.equal(actual, expected, path);
  } else if (Array.isArray(expected)) {
    const list = actual as readonly unknown[];
    assert.equal(list.length, expected.length, path);
    for (const [place, entry] of expected.entries()) check(list[place], entry, `${path}[${place}]`);
  } else {
    const fields = actual as Record<string, unknown>;
    assert.deepEqual(Object.keys(fields).sort(), Object.keys(expected).sort(), path);
    for (const [name, value] of Object.entries(expected)) check(fields[name], value, `${path}.${name}`);
  }
}

interface World extends CloudflowServer {
  /** Calls, and checks every field of the answer but its request's id, which must be there. */
  expect(
    action: OperationName,
    parameters: object,
    expected: { readonly [key: string]: Expected },
  ): Promise<Answer>;
}

async function open(t: TestContext): Promise<World> {
  const served = await serveCloudflow(t, { callFunction: async () => '{}' });
  const expect: World['expect'] = async (action, parameters, expected) => {
    const answer = await served.call(action, { ...parameters });
    check(answer, { RequestId: UUID, ...expected }, action);
    return answer;
  };
  return { ...served, expect };
}

test('flows', async (t) => {
  const { expect, call } = await open(t);
  await expect('CreateFlow', FLOW, SHOWN_FLOW);
  await expect('DescribeFlow', { Name: 'f' }, SHOWN_FLOW);
  await expect('ListFlows', {}, { Flows: [SHOWN_FLOW] });
  const { Environment: _, ...SHOWN_BARE } = SHOWN_FLOW;
  const { ExecutionMode: _mode, ...updated } = SHOWN_BARE;
  await expect(
    'UpdateFlow',
    { Name: 'f', Description: 'other', Environment: { Variables: [] } },
    { ...updated, Description: 'other', ExternalStorageLocation: '' },
  );
  await call('CreateFlow', { ...FLOW, Name: 'g', Definition: PASS.replace('Name: f', 'Name: g') });
  const page = await call('ListFlows', { Limit: 1 });
  check(
    page.Flows.map(({ Name }: Answer) => Name),
    ['f'],
  );
  check((await call('ListFlows', { Limit: 1, NextToken: page.NextToken })).Flows[0].Name, 'g');
  await expect('DeleteFlow', { Name: 'f' }, {});
  const { RoleArn: _role, Environment: _environment, ResourceGroupId: _group, ...bare } = FLOW;
  await expect('CreateFlow', bare, { ...SHOWN_BARE, RoleArn: '', ResourceGroupId: '' });
});

test('executions', async (t) => {
  const { expect, call, clock } = await open(t);
  await call('CreateFlow', { ...FLOW, Definition: WAIT });
  const e1 = { FlowName: 'f', ExecutionName: 'e1' };
  const started = {
    FlowName: 'f',
    Name: 'e1',
    Status: 'Starting',
    Input: '{ "a": 1 }',
    Output: '',
    StartedTime: TIME,
    StoppedTime: '',
    FlowDefinition: WAIT,
  };
  await expect('StartExecution', { ...e1, Input: '{ "a": 1 }' }, started);
  const environment = { Variables: [{ Name: 'stage', Value: 'test' }] };
  const running = { ...started, Status: 'Running', Environment: environment };
  await expect('DescribeExecution', e1, running);
  const { Input, Output, FlowDefinition, ...metadata } = running;
  await expect('ListExecutions', { FlowName: 'f' }, { Executions: [running] });
  await expect('ListExecutions', { FlowName: 'f', MetadataOnly: true }, { Executions: [metadata] });
  clock.advance(60_000);
  const ended = { ...running, Status: 'Succeeded', Output: '{"a":1}', StoppedTime: TIME };
  await expect('DescribeExecution', e1, ended);
  const e2 = { FlowName: 'f', ExecutionName: 'e2' };
  await call('StartExecution', e2);
  const stopped = { ...started, Name: 'e2', Input: '{}', Status: 'Running', StoppedTime: TIME };
  await expect('StopExecution', e2, { ...stopped, RoleArn: 'acs:ram::1:role/r' });
  await expect('DescribeExecution', e2, { ...stopped, Status: 'Stopped', Environment: environment });
  const unnamed = await call('StartExecution', { FlowName: 'f' });
  check(unnamed.Name, UUID);
});

test('histories', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', { ...FLOW, Definition: PASS });
  await call('StartExecution', { FlowName: 'f', ExecutionName: 'e', Input: '{"a":1}' });
  const event = (EventId: number, Type: string, StepName: string, EventDetail: RegExp) => ({
    EventId,
    ScheduleEventId: EventId - 1,
    Type,
    StepName,
    EventDetail,
    Time: TIME,
  });
  const Events = [
    event(1, 'ExecutionStarted', '', /^\{"input":\{"a":1\}\}$/),
    event(2, 'StepEntered', 's', /^\{"input":\{"a":1\}\}$/),
    event(3, 'StepStarted', 's', /^\{"input":\{"a":1\}\}$/),
    event(4, 'StepSucceeded', 's', /^\{"output":\{"a":1\}\}$/),
    event(5, 'StepExited', 's', /^\{"output":\{"a":1\}\}$/),
    event(6, 'ExecutionSucceeded', '', /^\{"output":\{"a":1\}\}$/),
  ];
  const execution = { FlowName: 'f', ExecutionName: 'e' };
  await expect('GetExecutionHistory', execution, { Events });
  await expect(
    'GetExecutionHistory',
    { ...execution, Limit: 4 },
    { Events: Events.slice(0, 4), NextToken: '5' },
  );
});

test('synchronous executions', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', { ...FLOW, ExecutionMode: 'Express' });
  const environment = { Variables: [{ Name: 'stage', Value: 'test' }] };
  await expect(
    'StartSyncExecution',
    { FlowName: 'f', ExecutionName: 'n', Input: '{"a":1}' },
    {
      FlowName: 'f',
      Name: /^n:[0-9a-f-]{36}$/,
      Status: 'Succeeded',
      Output: '{"a":1}',
      StartedTime: TIME,
      StoppedTime: TIME,
      ErrorCode: '',
      ErrorMessage: '',
      Environment: environment,
    },
  );
});

test('reports', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', { ...FLOW, Name: 'c', Definition: ASK });
  for (const [name, action, parameters] of [
    ['e1', 'ReportTaskSucceeded', { Output: '{"x":1}' }],
    ['e2', 'ReportTaskFailed', { Error: 'E', Cause: 'c' }],
  ] as const) {
    const execution = { FlowName: 'c', ExecutionName: name };
    await call('StartExecution', execution);
    await settle();
    const { Events } = await call('GetExecutionHistory', execution);
    const { EventDetail } = Events.find(({ Type }: Answer) => Type === 'TaskScheduled');
    const TaskToken = JSON.parse(EventDetail).input.body.token;
    await expect(action, { TaskToken, ...parameters }, { EventId: 7 });
  }
});

test('schedules', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', FLOW);
  const schedule = { FlowName: 'f', ScheduleName: 's' };
  const shown = {
    ScheduleId: UUID,
    ScheduleName: 's',
    CronExpression: '@every 5m',
    Payload: '{ "k": 1 }',
    Enable: true,
    Description: 'd',
    CreatedTime: TIME,
    LastModifiedTime: TIME,
  };
  const created = { ...schedule, CronExpression: '@every 5m', Payload: '{ "k": 1 }', Description: 'd' };
  await expect('CreateSchedule', created, shown);
  await expect('DescribeSchedule', schedule, shown);
  await expect('UpdateSchedule', { ...schedule, Enable: false }, { ...shown, Enable: false });
  await expect('ListSchedules', { FlowName: 'f' }, { Schedules: [{ ...shown, Enable: false }] });
  await expect('DeleteSchedule', schedule, {});
});

test('versions and aliases', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', FLOW);
  const version = { Version: '1', Description: 'first', CreatedTime: TIME };
  await expect('PublishFlowVersion', { FlowName: 'f', Description: 'first' }, { FlowName: 'f', ...version });
  await call('PublishFlowVersion', { FlowName: 'f', Description: '' });
  await expect(
    'ListFlowVersions',
    { FlowName: 'f' },
    { FlowVersions: [{ Version: '2', Description: '', CreatedTime: TIME }, version] },
  );
  const routes = [
    { Version: '1', Weight: 10 },
    { Version: '2', Weight: 20 },
  ];
  const named = { FlowName: 'f', Name: 'live' };
  const alias = { Name: 'live', Description: 'd', RoutingConfigurations: routes, CreatedTime: TIME };
  await expect(
    'CreateFlowAlias',
    { ...named, Description: 'd', RoutingConfigurations: routes },
    { FlowName: 'f', ...alias },
  );
  await expect('DescribeFlowAlias', named, { Alias: alias });
  const one = [{ Version: '2', Weight: 1 }];
  const changed = { ...alias, RoutingConfigurations: one };
  await expect('UpdateFlowAlias', { ...named, RoutingConfigurations: one }, { Alias: changed });
  await expect(
    'ListFlowAliases',
    { FlowName: 'f' },
    { Aliases: [{ ...changed, RoutingConfigurations: [{ Version: '2', Weight: '1' }] }] },
  );
  await expect('DeleteFlowAlias', named, {});
  await expect('DeleteFlowVersion', { FlowName: 'f', FlowVersion: '2' }, {});
});

test('map runs', async (t) => {
  const { expect, call } = await open(t);
  await call('CreateFlow', { ...FLOW, Name: 'm', Definition: MAP });
  const execution = { FlowName: 'm', ExecutionName: 'e' };
  await call('StartExecution', { ...execution, Input: '{"items":[1,2,3]}' });
  await settle();
  const { Events } = await call('GetExecutionHistory', execution);
  const { EventDetail } = Events.find(({ Type }: Answer) => Type === 'MapRunStarted');
  const { MapRunName } = JSON.parse(EventDetail).output;
  await expect(
    'DescribeMapRun',
    { ...execution, MapRunName },
    {
      MapRunName,
      ExecutionName: 'e',
      Status: 'Running',
      StartedTime: TIME,
      StoppedTime: '',
      Concurrency: 100,
      ToleratedFailedCount: 0,
      ToleratedFailedPercentage: 0,
      ItemCounts: { Pending: 0, Running: 3, Succeed: 0, Failed: 0, Aborted: 0, Total: 3 },
    },
  );
  await expect(
    'UpdateMapRun',
    { ...execution, MapRunName, Concurrency: 2, ToleratedFailedCount: 1, ToleratedFailedPercentage: 50 },
    { Concurrency: 2, ToleratedFailedCount: 1, ToleratedFailedPercentage: 50 },
  );
});

test('regions', async (t) => {
  const { expect, server } = await open(t);
  const { region, host, port } = server;
  const own = { RegionId: region, LocalName: region, RegionEndpoint: `${host}:${port}` };
  await expect('DescribeRegions', {}, { Regions: { Region: [own] } });
});
