import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { put, states, steps } from './definitions.ts';
import { machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const queue = 'acs:mns:::/queues/q/messages';
const idempotency = 'f/x1/2/1';
const given = { n: 1 };
const child = 'task-x1-2-1';

/** Steps and the effects they ask for, given the input `{"n":1}`. */
const ofSteps: readonly (readonly [string, JsonObject, unknown])[] = [
  [
    'a function',
    { resourceArn: 'acs:fc:cn:1:services/s.LATEST/functions/fn' },
    {
      kind: 'function',
      input: { resource: 'acs:fc:cn:1:services/s.LATEST/functions/fn', event: '{"n":1}', idempotency },
    },
  ],
  [
    'a queue',
    { resourceArn: queue, serviceParams: { MessageBody: '$', Priority: 3 } },
    {
      kind: 'message',
      input: { resource: queue, parameters: { messageBody: given, priority: 3 }, idempotency },
    },
  ],
  [
    'a queue, without parameters',
    { resourceArn: queue },
    { kind: 'message', input: { resource: queue, parameters: { messageBody: '{"n":1}' }, idempotency } },
  ],
  [
    'a flow',
    { resourceArn: 'acs:fnf:::flow/other', pattern: 'sync' },
    { kind: 'flow', input: { flowName: 'other', executionName: child, input: '{"n":1}', reportsTo: 2 } },
  ],
  [
    'a flow, with parameters',
    { resourceArn: 'acs:fnf:cn:1:flow/other', serviceParams: { Input: '{"m":2}', ExecutionName: 'mine' } },
    { kind: 'flow', input: { flowName: 'other', executionName: 'mine', input: '{"m":2}' } },
  ],
  [
    'an action',
    { action: 'ocr:RecognizeIdentityCard', serviceParams: { ImageURL: 'u', n: '$.n' } },
    {
      kind: 'api',
      input: {
        product: 'ocr',
        api: 'RecognizeIdentityCard',
        parameters: { ImageURL: 'u', n: 1 },
        idempotency,
      },
    },
  ],
];

/** States and the effects they ask for, given the input `{"n":1}`. */
const ofStates: readonly (readonly [string, JsonObject, unknown])[] = [
  [
    'MNS:SendMessage',
    { resourceArn: queue, 'message.$': '$Input.n', delaySeconds: 5 },
    { kind: 'message', input: { resource: queue, parameters: { message: 1, delaySeconds: 5 }, idempotency } },
  ],
  [
    'FNF:StartExecution',
    { resourceArn: 'acs:fnf:::flow/other', 'input.$': '$Input' },
    { kind: 'flow', input: { flowName: 'other', executionName: child, input: '{"n":1}' } },
  ],
  [
    'HTTP:Request',
    { url: 'http://x/', method: 'GET' },
    { kind: 'http', input: { url: 'http://x/', method: 'GET', headers: {}, isJson: false, idempotency } },
  ],
  [
    'ECS:StartInstance',
    { InstanceId: 'i' },
    {
      kind: 'api',
      input: { product: 'ECS', api: 'StartInstance', parameters: { InstanceId: 'i' }, idempotency },
    },
  ],
];

function effectsOf(definition: string): unknown {
  const world = new FlowWorld();
  for (const kind of ['function', 'message', 'flow', 'api', 'http']) world.held.add(kind);
  const { state } = world.start(definition, given);
  return [...machine.effects(state)].map(({ kind, input }) => ({ kind, input }));
}

for (const [name, step, effect] of ofSteps) {
  test(`a step calls ${name}`, () => {
    assert.deepEqual(effectsOf(steps([{ type: 'task', name: 't', ...step }])), [effect]);
  });
}

for (const [Action, Parameters, effect] of ofStates) {
  test(`a state calls ${Action}`, () => {
    const state = { Type: 'Task', Name: 't', Action, Parameters, End: true };
    assert.deepEqual(effectsOf(states([state])), [effect]);
  });
}

/** Parameters that nothing can be called with, and why. */
const refused: readonly (readonly [string, JsonObject, RegExp])[] = [
  ['FC:InvokeFunction', { 'resourceArn.$': '$Input.n' }, /resourceArn/],
  [
    'FNF:StartExecution',
    { resourceArn: 'acs:fnf:::flow/f', 'executionName.$': '$Input.n' },
    /name of an execution/,
  ],
  ['HTTP:Request', { 'url.$': '$Input.n', method: 'GET' }, /needs a url/],
  ['HTTP:Request', { url: 'http://x/', 'method.$': 'format("{}", "BREW")' }, /method of an HTTP request/],
  ['HTTP:Request', { url: 'http://x/', method: 'GET', 'headers.$': '$Input.n' }, /headers/],
];

for (const [Action, Parameters, cause] of refused) {
  test(`${Action} without what it needs fails the state: ${cause.source}`, () => {
    const state = { Type: 'Task', Name: 't', Action, Parameters, End: true };
    const { outcome } = new FlowWorld().start(states([state]), given).state;
    assert.ok(outcome !== undefined && !outcome.ok);
    assert.equal(outcome.error, 'FnF.RuntimeError');
    assert.match(outcome.cause, cause);
  });
}

test('what is no error of the flow language is a runtime error', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const task = { type: 'task', name: 't', resourceArn: 'acs:fc:::services/s/functions/echo' };
  const run = world.start(steps([task]));
  const outcome = { ok: false, error: 'failed', details: { deep: true } } as const;
  world.apply(run, { kind: 'effect-finished', key: 't2.1', outcome });
  assert.deepEqual(run.state.outcome, { ok: false, error: 'FnF.RuntimeError', cause: '{"deep":true}' });
});

test('expressions see the execution, the state, the environment and the globals', () => {
  const seen = {
    Type: 'Pass',
    Name: 'seen',
    GlobalConstructor: { g: 1 },
    OutputConstructor: {
      'name.$': '$Context.Execution.Name',
      'input.$': '$Context.Execution.Input',
      'role.$': '$Context.Execution.RoleArn',
      'state.$': '$Context.Current.Name',
      'environment.$': '$Context.Environment.stage',
      'before.$': '$Global.g',
    },
    End: true,
  };
  const environment = [{ name: 'stage', value: 'test' }];
  const run = new FlowWorld().start(states([seen]), given, { environment });
  const output = { name: 'e1', input: given, role: 'role', state: 'seen', environment: 'test', before: null };
  assert.deepEqual(run.state.outcome, { ok: true, output });
});

test('mappings see the flow, the execution, the step and the event', () => {
  const sources = ['flow.name', 'execution.name', 'step.name', 'step.eventId', 'task.token'];
  const inputMappings = sources.map((path) => put(path, `$context.${path}`));
  const echo = { type: 'task', name: 't', resourceArn: 'acs:fc:::services/s/functions/echo', inputMappings };
  const run = new FlowWorld().start(steps([echo]), given);
  const output = {
    'flow.name': 'f',
    'execution.name': 'e1',
    'step.name': 't',
    'step.eventId': 3,
    'task.token': null,
  };
  assert.deepEqual(run.state.outcome, { ok: true, output });
});
