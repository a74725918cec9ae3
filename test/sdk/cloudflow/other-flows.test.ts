import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../support/toy-kernel.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

async function create({ call }: CloudflowServer, Name: string, Definition: string): Promise<void> {
  const created = await call('CreateFlow', { Name, Definition, Description: 'd', Type: 'FDL' });
  assert.equal(created.Code, undefined, created.Message);
}

const machine = (name: string, states: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: ${name}\nStartAt: s\nStates:\n${states}`;

const PASS = machine('child', '  - {Type: Pass, Name: s, End: true}\n');

/** The execution once it has ended. */
async function ended({ call }: CloudflowServer, FlowName: string, ExecutionName: string): Promise<Answer> {
  for (let turn = 0; turn < 500; turn++) {
    const found = await call('DescribeExecution', { FlowName, ExecutionName });
    if (found.Status !== 'Running') return found;
    await settle();
  }
  throw new Error(`${ExecutionName} has not ended`);
}

test('a state starts another flow, and is told its output', async (t) => {
  const served = await serveCloudflow(t);
  await create(served, 'child', PASS);
  const task = (mode: string): string =>
    `  - {Type: Task, Name: s, Action: "FNF:StartExecution", TaskMode: ${mode}, Parameters: {resourceArn: "acs:fnf:::flow/child", executionName: c-${mode}, input: {n: 2}}, End: true}\n`;
  for (const mode of ['RequestComplete', 'WaitForSystemCallback']) {
    const name = `p-${mode}`;
    await create(served, name, machine(name, task(mode)));
    await served.call('StartExecution', { FlowName: name, ExecutionName: 'one' });
    const { Status, Output } = await ended(served, name, 'one');
    assert.equal(Status, 'Succeeded', mode);
    const output = JSON.parse(Output);
    if (mode === 'RequestComplete')
      assert.deepEqual([output.FlowName, output.ExecutionName], ['child', `c-${mode}`]);
    else assert.deepEqual(output, { n: 2 });
    // A second parent may not have the first one's child.
    await served.call('StartExecution', { FlowName: name, ExecutionName: 'two' });
    await ended(served, name, 'two');
    const { Events } = await served.call('GetExecutionHistory', { FlowName: name, ExecutionName: 'two' });
    assert.deepEqual(JSON.parse(Events.at(-1).EventDetail).error, 'FNF.ExecutionAlreadyExists', mode);
  }
});

test('parents wait for an execution that ran before them, and leave it to others when they are stopped', async (t) => {
  const served = await serveCloudflow(t);
  const { call, clock } = served;
  const WAIT =
    '  - {Type: Wait, Name: s, Seconds: 60, Next: p}\n  - {Type: Pass, Name: p, OutputConstructor: {done: true}, End: true}\n';
  await create(served, 'child', machine('child', WAIT));
  const task = 'Parameters: {resourceArn: "acs:fnf:::flow/child", executionName: c}';
  const state = `  - {Type: Task, Name: s, Action: "FNF:StartExecution", TaskMode: WaitForSystemCallback, ${task}, End: true}\n`;
  await create(served, 'p', machine('p', state));
  await call('StartExecution', { FlowName: 'child', ExecutionName: 'c' });
  const parents = ['one', 'two', 'stopped'].map((ExecutionName) => ({ FlowName: 'p', ExecutionName }));
  for (const parent of parents) await call('StartExecution', parent);
  const submitted = async (parent: Answer): Promise<boolean> =>
    (await call('GetExecutionHistory', parent)).Events.some(({ Type }: Answer) => Type === 'TaskSubmitted');
  for (const parent of parents) while (!(await submitted(parent))) await settle();
  await call('StopExecution', { FlowName: 'p', ExecutionName: 'stopped' });
  await settle();
  clock.advance(60_000);
  for (const name of ['one', 'two']) assert.equal((await ended(served, 'p', name)).Output, '{"done":true}');
  assert.equal((await ended(served, 'p', 'stopped')).Status, 'Stopped');
  assert.equal((await ended(served, 'child', 'c')).Status, 'Succeeded');
});

test('nothing is started for what is stopped while it starts others', async (t) => {
  const { call } = await serveCloudflow(t);
  const served = { call } as CloudflowServer;
  const wait = (name: string) => machine(name, '  - {Type: Wait, Name: s, Seconds: 60, End: true}\n');
  const start = 'Parameters: {resourceArn: "acs:fnf:::flow/child", executionName.$: $Context.Execution.Name}';
  const processor = 'Processor: {StartAt: s, States: [{Type: Wait, Name: s, Seconds: 60, End: true}]}';
  const states = {
    p: `Type: Task, Action: "FNF:StartExecution", TaskMode: WaitForSystemCallback, ${start}`,
    m: `Type: Map, ItemsPath: "[1, 2, 3, 4]", ProcessorConfig: {}, ${processor}`,
  };
  await create(served, 'child', wait('child'));
  const rounds = Object.entries(states).flatMap(([FlowName, state]) =>
    Array.from({ length: 40 }, (_, n) => ({ FlowName, ExecutionName: `e${n}`, state })),
  );
  for (const [name, state] of Object.entries(states))
    await create(served, name, machine(name, `  - {Name: s, End: true, ${state}}\n`));
  await Promise.all(
    rounds.map(async ({ FlowName, ExecutionName }) => {
      await call('StartExecution', { FlowName, ExecutionName });
      assert.equal((await call('StopExecution', { FlowName, ExecutionName })).Code, undefined);
    }),
  );
  for (let turn = 0; turn < 20; turn++) await settle();
  for (const FlowName of ['p', 'm', 'child']) {
    const { Executions } = await call('ListExecutions', { FlowName, Status: 'Running' });
    assert.deepEqual(Executions, [], FlowName);
  }
});

test('an item of a map does not take an execution of its name for its own', async (t) => {
  const served = await serveCloudflow(t);
  const { call, clock } = served;
  const processor = 'Processor: {StartAt: w, States: [{Type: Wait, Name: w, Seconds: 60, End: true}]}';
  const map = `{Type: Map, Name: s, ItemsPath: "[1, 2]", MaxConcurrency: 1, ProcessorConfig: {}, ${processor}, End: true}`;
  await create(served, 'p', machine('p', `  - ${map}\n`));
  await call('StartExecution', { FlowName: 'p', ExecutionName: 'one' });
  const { Events } = await call('GetExecutionHistory', { FlowName: 'p', ExecutionName: 'one' });
  const { MapRunName } = JSON.parse(
    Events.find(({ Type }: Answer) => Type === 'MapRunStarted').EventDetail,
  ).output;
  await call('StartExecution', { FlowName: 'p', ExecutionName: `${MapRunName}-1` });
  clock.advance(60_000);
  assert.equal((await ended(served, 'p', 'one')).Status, 'Failed');
  const history = await call('GetExecutionHistory', { FlowName: 'p', ExecutionName: 'one' });
  assert.equal(JSON.parse(history.Events.at(-1).EventDetail).error, 'FNF.ExecutionAlreadyExists');
});

test('a state calls an operation of this service', async (t) => {
  const served = await serveCloudflow(t);
  const task = (api: string, parameters: string): string =>
    machine('p', `  - {Type: Task, Name: s, Action: "fnf:${api}", Parameters: ${parameters}, End: true}\n`);
  await create(served, 'child', PASS);
  await create(served, 'p', task('DescribeFlow', '{Name: child}'));
  await served.call('StartExecution', { FlowName: 'p', ExecutionName: 'one' });
  assert.equal(JSON.parse((await ended(served, 'p', 'one')).Output).Name, 'child');
  await served.call('UpdateFlow', { Name: 'p', Definition: task('DescribeFlow', '{Name: nope}') });
  await served.call('StartExecution', { FlowName: 'p', ExecutionName: 'two' });
  assert.equal((await ended(served, 'p', 'two')).Status, 'Failed');
});

test('a map run is described, changed while it runs, and its executions are listed', async (t) => {
  const served = await serveCloudflow(t);
  const { call, clock } = served;
  await create(
    served,
    'm',
    machine(
      'm',
      `  - Type: Map
    Name: s
    ItemsPath: $Input.items
    MaxConcurrency: 2
    ProcessorConfig: {ExecutionMode: Standard}
    Processor:
      StartAt: w
      States:
        - {Type: Wait, Name: w, Seconds: 5, End: true}
    End: true
`,
    ),
  );
  const one = { FlowName: 'm', ExecutionName: 'one' };
  await call('StartExecution', { ...one, Input: '{"items":[1,2,3]}' });
  for (let turn = 0; turn < 20; turn++) await settle();
  const { Events } = await call('GetExecutionHistory', one);
  const started = Events.find(({ Type }: Answer) => Type === 'MapRunStarted');
  const MapRunName = /"MapRunName":"([^"]+)"/.exec(started.EventDetail)?.[1] ?? '';
  const run = await call('DescribeMapRun', { ...one, MapRunName });
  assert.deepEqual(
    [run.Status, run.Concurrency, run.ExecutionName, run.StoppedTime],
    ['Running', 2, 'one', ''],
  );
  assert.deepEqual(run.ItemCounts, { Pending: 1, Running: 2, Succeed: 0, Failed: 0, Aborted: 0, Total: 3 });
  const changed = await call('UpdateMapRun', {
    ...one,
    MapRunName,
    Concurrency: 3,
    ToleratedFailedPercentage: 50,
  });
  assert.deepEqual([changed.Concurrency, changed.ToleratedFailedPercentage], [3, 50]);
  const wide = await call('UpdateMapRun', { ...one, MapRunName, Concurrency: 101 });
  assert.deepEqual(
    [wide.status, wide.Code, wide.Message],
    [400, 'InvalidArgument', "The parameter 'Concurrency' must be at most 100."],
  );
  for (let turn = 0; turn < 20; turn++) await settle();
  const children = await call('ListExecutions', { FlowName: 'm', MapRunName });
  assert.equal(children.Executions.length, 3);
  clock.advance(6000);
  assert.equal((await ended(served, 'm', 'one')).Status, 'Succeeded');
  const done = await call('DescribeMapRun', { ...one, MapRunName });
  assert.deepEqual([done.Status, done.ItemCounts.Succeed], ['Succeeded', 3]);
  const late = await call('UpdateMapRun', { ...one, MapRunName, Concurrency: 1 });
  assert.deepEqual([late.status, late.Code], [412, 'PreconditionFailed']);
  const none = await call('DescribeMapRun', { ...one, MapRunName: 'none' });
  assert.deepEqual([none.status, none.Code], [404, 'MapRunNotExists']);
});
