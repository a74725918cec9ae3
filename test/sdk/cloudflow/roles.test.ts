import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { account, region } from '../../support/start-server.ts';
import { settle } from '../../support/toy-kernel.ts';
import { type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

const ROLE = `acs:ram::${account}:role/flows`;
const OTHER = `acs:ram::${account}:role/other`;

const machine = (task: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: p\nStartAt: s\nStates:\n  - {Type: Task, Name: s, End: true, ${task}}\n`;

const steps = (task: string): string =>
  `version: v1\ntype: flow\nsteps:\n  - {type: task, name: s, ${task}}\n`;

/** What a task asks to be allowed, and what it fails with when it is not. */
interface Asking {
  readonly task: string;
  readonly action: string;
  readonly resource: string;
  readonly error: string;
}

const acs = (product: string, rest: string): string => `acs:${product}:${region}:${account}:${rest}`;

const TASKS: Readonly<Record<string, Asking>> = {
  'a step calls a function': {
    task: steps('resourceArn: "acs:fc:::services/shop/functions/echo"'),
    action: 'fc:InvokeFunction',
    resource: acs('fc', 'services/shop/functions/echo'),
    error: 'FC.AccessDenied',
  },
  'a state calls a function, wherever its ARN says that it is': {
    task: machine(
      'Action: "FC:InvokeFunction", Parameters: {resourceArn: "acs:fc:mars:7:functions/echo/LATEST", body: {}}',
    ),
    action: 'fc:InvokeFunction',
    resource: acs('fc', 'functions/echo/LATEST'),
    error: 'FC.AccessDenied',
  },
  'a state sends a message': {
    task: machine(
      'Action: "MNS:SendMessage", Parameters: {resourceArn: "acs:mns:::/queues/q/messages", message: m}',
    ),
    action: 'mns:SendMessage',
    resource: acs('mns', '/queues/q/messages'),
    error: 'MNS.AccessDenied',
  },
  'a step publishes to a topic': {
    task: steps(
      'resourceArn: "acs:mns:::/topics/t/messages", inputMappings: [{target: messageBody, source: m}]',
    ),
    action: 'mns:PublishMessage',
    resource: acs('mns', '/topics/t/messages'),
    error: 'MNS.AccessDenied',
  },
  'a step starts a flow and waits': {
    task: steps('resourceArn: "acs:fnf:::flow/child", pattern: sync'),
    action: 'fnf:StartExecution',
    resource: acs('fnf', 'flow/child'),
    error: 'FNF.AccessDenied',
  },
  'a state starts a flow': {
    task: machine(
      'Action: "FNF:StartExecution", Parameters: {resourceArn: "acs:fnf:::flow/child", input: {}}',
    ),
    action: 'fnf:StartExecution',
    resource: acs('fnf', 'flow/child'),
    error: 'FNF.AccessDenied',
  },
  'a step starts a flow by the operation': {
    task: steps('action: "fnf:StartExecution", serviceParams: {FlowName: child, Input: "{}"}'),
    action: 'fnf:StartExecution',
    resource: acs('fnf', 'flow/child'),
    error: 'fnf.AccessDenied',
  },
  'a step asks for another operation': {
    task: steps('action: "fnf:DescribeFlow", serviceParams: {Name: child}'),
    action: 'fnf:DescribeFlow',
    resource: acs('fnf', 'flow/child'),
    error: 'fnf.AccessDenied',
  },
};

interface World {
  readonly served: CloudflowServer;
  /** Runs a flow with that role; gives its status and the error it failed with. */
  run(definition: string, roleArn?: string): Promise<string>;
}

async function open(
  t: TestContext,
  statement: Partial<Asking> & { readonly effect?: string; readonly condition?: object },
  strictRoles = false,
): Promise<World> {
  const { effect: Effect = 'Allow', action: Action = '*', resource: Resource = '*' } = statement;
  const { condition: Condition = {} } = statement;
  const Statement = [{ Effect, Action, Resource, Condition }];
  const roles = [{ arn: ROLE, policies: [{ Version: '1', Statement }] }];
  const served = await serveCloudflow(t, { roles, strictRoles, callFunction: async () => '{}' });
  const { call } = served;
  const child = 'version: v1\ntype: flow\nsteps: [{type: pass, name: only}]';
  await call('CreateFlow', { Name: 'child', Definition: child, Description: '', Type: 'FDL' });
  const run: World['run'] = async (Definition, RoleArn) => {
    const flow = { Name: 'p', Definition, Description: '', Type: 'FDL', ...(RoleArn && { RoleArn }) };
    assert.equal((await call('CreateFlow', flow)).Code, undefined);
    await call('StartExecution', { FlowName: 'p', ExecutionName: 'one' });
    for (let turn = 0; turn < 500; turn++) {
      const { Status } = await call('DescribeExecution', { FlowName: 'p', ExecutionName: 'one' });
      if (Status === 'Succeeded') return Status;
      if (Status !== 'Running') break;
      await settle();
    }
    const { Events } = await call('GetExecutionHistory', { FlowName: 'p', ExecutionName: 'one' });
    return JSON.parse(Events.at(-1).EventDetail).error;
  };
  return { served, run };
}

for (const [title, { task, action, resource, error }] of Object.entries(TASKS)) {
  describe(title, () => {
    test('as far as the role of the flow allows exactly that', async (t) =>
      assert.equal(await (await open(t, { action, resource })).run(task, ROLE), 'Succeeded'));
    test(`and fails with ${error} when another action is allowed`, async (t) =>
      assert.equal(await (await open(t, { action: 'oss:*' })).run(task, ROLE), error));
    test(`and fails with ${error} when another resource is allowed`, async (t) =>
      assert.equal(await (await open(t, { action, resource: `${resource}2` })).run(task, ROLE), error));
  });
}

const ECHO = steps('resourceArn: "acs:fc:::functions/echo"');

test('a role that is not listed, or none, may do everything', async (t) => {
  for (const roleArn of [OTHER, undefined]) {
    const { run } = await open(t, { effect: 'Deny' });
    assert.equal(await run(ECHO, roleArn), 'Succeeded');
  }
});

test('a role that is not listed, or none, may do nothing when roles are strict', async (t) => {
  for (const roleArn of [OTHER, undefined]) {
    const { run } = await open(t, {}, true);
    assert.equal(await run(ECHO, roleArn), 'FC.AccessDenied');
  }
});

test('an action of another product needs to be allowed before its adapter is looked for', async (t) => {
  const ocr = steps('action: "ocr:RecognizeCard"');
  assert.equal(await (await open(t, { action: 'fc:*' })).run(ocr, ROLE), 'ocr.AccessDenied');
  assert.equal(
    await (await open(t, { action: 'OCR:recognize*' })).run(ocr, ROLE),
    'ocr.ServiceNotConfigured',
  );
});

test('a refusal can be caught, and what the role needs is told', async (t) => {
  const { run, served } = await open(t, { action: 'mns:*' });
  const caught = steps(
    'resourceArn: "acs:fc:::functions/echo", catch: [{errors: [FC.AccessDenied], goto: no}], ' +
      'errorMappings: [{target: why, source: $local.cause}], end: true',
  );
  assert.equal(await run(`${caught}  - {type: succeed, name: no}\n`, ROLE), 'Succeeded');
  const { Output } = await served.call('DescribeExecution', { FlowName: 'p', ExecutionName: 'one' });
  assert.equal(
    JSON.parse(Output).why,
    `The role of the flow is not authorized to perform: fc:InvokeFunction on resource: ${acs('fc', 'functions/echo')}`,
  );
});

test('executions of a distributed map are work of the flow itself', async (t) => {
  const map = `Type: StateMachine
SpecVersion: v1
Name: p
StartAt: m
States:
  - Type: Map
    Name: m
    ItemsPath: toArray(1, 2)
    ProcessorConfig: {ExecutionMode: Standard}
    Processor:
      StartAt: s
      States: [{Type: Task, Name: s, Action: "FC:InvokeFunction", Parameters: {resourceArn: "acs:fc:::functions/echo"}, End: true}]
    End: true
`;
  assert.equal(await (await open(t, { action: 'fc:InvokeFunction' })).run(map, ROLE), 'Succeeded');
  // What they call is asked of the role as well.
  assert.equal(await (await open(t, { action: 'mns:*' })).run(map, ROLE), 'FC.AccessDenied');
});

test('what a role allows may depend on the time', async (t) => {
  for (const [time, answer] of [
    ['2001-01-01T00:00:00Z', 'Succeeded'],
    ['2999-01-01T00:00:00Z', 'FC.AccessDenied'],
  ] as const) {
    const { run } = await open(t, { condition: { DateGreaterThan: { 'acs:CurrentTime': time } } });
    assert.equal(await run(ECHO, ROLE), answer);
  }
});

test('a task that makes a flow with a role needs to be allowed to pass it', async (t) => {
  const create = steps(
    `action: "fnf:CreateFlow", serviceParams: {Name: made, Description: "", Type: FDL, RoleArn: "${OTHER}", ` +
      'Definition: "{version: v1, type: flow, steps: [{type: pass, name: p}]}"}',
  );
  assert.equal(await (await open(t, { action: 'fnf:*' })).run(create, ROLE), 'fnf.AccessDenied');
  assert.equal(await (await open(t, { action: '*' })).run(create, ROLE), 'Succeeded');
});
