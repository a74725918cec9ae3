import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { type RawAnswer, RawCaller } from '../../support/raw-call.ts';
import { account, type ServerOptions, startServer } from '../../support/start-server.ts';

const domain = 'orders';
const workflowType = { name: 'Order', version: '1' };
const activityType = { name: 'Pack', version: '1' };
const taskList = { name: 'l' };
const domainArn = `arn:aws:swf:us-east-1:${account}:/domain/${domain}`;

interface Wire {
  readonly clock: FixedClock;
  /** Sends a body to an operation under the usual prefix. */
  call(operation: string, body: string | object, headers?: Record<string, string>): Promise<RawAnswer>;
  /** The same, when the answer must be a success; its JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at the bare JSON
  json(operation: string, body: object): Promise<any>;
}

async function openWire(context: TestContext, options: Omit<ServerOptions, 'clock'> = {}): Promise<Wire> {
  const clock = createFixedClock(1_497_371_587_073);
  const server = await startServer({ ...options, clock });
  const caller = new RawCaller(server);
  context.after(async () => {
    await server.stop();
    caller.close();
  });
  const call: Wire['call'] = (operation, body, headers = {}) =>
    caller.call({ target: `SimpleWorkflowService.${operation}`, body, headers });
  const json: Wire['json'] = async (operation, body) => {
    const answer = await call(operation, body);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body);
  };
  await call('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '2' });
  return { clock, call, json };
}

async function registerTypes({ call }: Wire): Promise<void> {
  await call('RegisterWorkflowType', {
    domain,
    ...workflowType,
    defaultTaskList: taskList,
    defaultExecutionStartToCloseTimeout: '3600',
    defaultTaskStartToCloseTimeout: '10',
    defaultChildPolicy: 'TERMINATE',
  });
  await call('RegisterActivityType', { domain, ...activityType });
}

const faultOf = ({ status, body }: RawAnswer) => ({ status, ...JSON.parse(body) });

describe('decoding', () => {
  it('takes the operation after the last dot, under the old prefix too', async (context) => {
    const wire = await openWire(context);
    const server = await startServer();
    const caller = new RawCaller(server);
    context.after(async () => {
      caller.close();
      await server.stop();
    });
    const target = 'com.amazonaws.swf.service.model.SimpleWorkflowService.ListDomains';
    const body = { registrationStatus: 'REGISTERED' };
    assert.equal((await caller.call({ target, body })).body, '{"domainInfos":[]}');
    assert.deepEqual(faultOf(await wire.call('Dance', {})), {
      status: 400,
      __type: 'com.amazon.coral.service#UnknownOperationException',
      message: '',
    });
  });

  const types = [
    'application/x-amz-json-1.0',
    'application/x-amz-json-1.1',
    'application/json; charset=UTF-8',
  ];
  for (const type of types) {
    it(`takes a body of ${type}`, async (context) => {
      const { call } = await openWire(context);
      const headers = { 'content-type': type, 'content-encoding': 'amz-1.0' };
      assert.equal((await call('DescribeDomain', { name: domain }, headers)).status, 200);
    });
  }

  const wrong = [
    ['a number where a text is wanted', { name: 5 }],
    ['a truth value where a text is wanted', { name: true }],
    ['a list where a text is wanted', { name: [] }],
    ['a structure where a text is wanted', { name: {} }],
    ['half a body', '{"name":'],
    ['no body', ''],
    ['a list as a body', '[]'],
    ['text as a body', '"name"'],
    ['null as a body', 'null'],
  ] as const;
  for (const [what, body] of wrong) {
    it(`cannot make anything of ${what}`, async (context) => {
      const { call } = await openWire(context);
      const { status, __type } = faultOf(await call('DescribeDomain', body));
      assert.deepEqual([status, __type], [400, 'com.amazon.coral.service#SerializationException']);
    });
  }

  it('takes durations as text alone', async (context) => {
    const wire = await openWire(context);
    await registerTypes(wire);
    const start = { domain, workflowId: 'W', workflowType, executionStartToCloseTimeout: 60 };
    const { __type } = faultOf(await wire.call('StartWorkflowExecution', start));
    assert.equal(__type, 'com.amazon.coral.service#SerializationException');
  });

  it('drops members that the model does not have, and those that are null', async (context) => {
    const { call, json } = await openWire(context);
    const type = { domain, ...workflowType, defaultTaskList: { ...taskList, colour: 'red' }, size: 1 };
    await call('RegisterWorkflowType', { ...type, defaultTaskPriority: null, description: null });
    const { configuration, typeInfo } = await json('DescribeWorkflowType', { domain, workflowType });
    assert.deepEqual(configuration, { defaultTaskList: taskList });
    assert.deepEqual(typeInfo, { workflowType, status: 'REGISTERED', creationDate: 1497371587.073 });
  });
});

describe('encoding', () => {
  it('names every answer and says what it is', async (context) => {
    const { call } = await openWire(context);
    const { headers } = await call('ListDomains', { registrationStatus: 'REGISTERED' });
    assert.match(String(headers['x-amzn-requestid']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(headers['content-type'], 'application/x-amz-json-1.0');
  });

  it('answers with an empty body where the vendor has no output', async (context) => {
    const wire = await openWire(context);
    await registerTypes(wire);
    const { runId } = await wire.json('StartWorkflowExecution', { domain, workflowId: 'W', workflowType });
    const decision = await wire.json('PollForDecisionTask', { domain, taskList });
    const timeouts = { scheduleToStartTimeout: '9', scheduleToCloseTimeout: '9', startToCloseTimeout: '9' };
    const given = { activityType, activityId: 'a', taskList, heartbeatTimeout: '9', ...timeouts };
    const schedule = (activityId: string) => ({
      decisionType: 'ScheduleActivityTask',
      scheduleActivityTaskDecisionAttributes: { ...given, activityId },
    });
    const decisions = ['a', 'b', 'c'].map(schedule);
    const tokens = async () => (await wire.json('PollForActivityTask', { domain, taskList })).taskToken;
    const other = { name: 'Other', version: '1' };
    const silent: readonly (readonly [string, object | (() => Promise<object>)])[] = [
      ['RespondDecisionTaskCompleted', { taskToken: decision.taskToken, decisions }],
      ['RespondActivityTaskCompleted', async () => ({ taskToken: await tokens() })],
      ['RespondActivityTaskFailed', async () => ({ taskToken: await tokens() })],
      ['RespondActivityTaskCanceled', async () => ({ taskToken: await tokens() })],
      ['SignalWorkflowExecution', { domain, workflowId: 'W', signalName: 's' }],
      ['RequestCancelWorkflowExecution', { domain, workflowId: 'W', runId }],
      ['TerminateWorkflowExecution', { domain, workflowId: 'W' }],
      ['RegisterDomain', { name: 'other', workflowExecutionRetentionPeriodInDays: 'NONE' }],
      ['RegisterWorkflowType', { domain, ...other }],
      ['RegisterActivityType', { domain, ...other }],
      ['DeprecateWorkflowType', { domain, workflowType: other }],
      ['UndeprecateWorkflowType', { domain, workflowType: other }],
      ['DeprecateActivityType', { domain, activityType: other }],
      ['UndeprecateActivityType', { domain, activityType: other }],
      ['DeprecateDomain', { name: domain }],
      ['UndeprecateDomain', { name: domain }],
      ['DeleteWorkflowType', { domain, workflowType: other }],
      ['DeleteActivityType', { domain, activityType: other }],
      ['TagResource', { resourceArn: domainArn, tags: [{ key: 'k', value: 'v' }] }],
      ['UntagResource', { resourceArn: domainArn, tagKeys: ['k'] }],
    ];
    for (const [operation, input] of silent) {
      const body = typeof input === 'function' ? await input() : input;
      const { status, headers, body: answer } = await wire.call(operation, body);
      assert.deepEqual([operation, status, answer], [operation, 200, '']);
      assert.equal(headers['content-length'], '0');
    }
  });

  it('writes times as seconds with a fraction, and leaves out what is not set', async (context) => {
    const wire = await openWire(context);
    await registerTypes(wire);
    const execution = {
      workflowId: 'W',
      ...(await wire.json('StartWorkflowExecution', { domain, workflowId: 'W', workflowType })),
    };
    assert.deepEqual(await wire.json('GetWorkflowExecutionHistory', { domain, execution }), {
      events: [
        {
          eventTimestamp: 1497371587.073,
          eventType: 'WorkflowExecutionStarted',
          eventId: 1,
          workflowExecutionStartedEventAttributes: {
            childPolicy: 'TERMINATE',
            taskList,
            executionStartToCloseTimeout: '3600',
            taskStartToCloseTimeout: '10',
            workflowType,
            parentInitiatedEventId: 0,
          },
        },
        {
          eventTimestamp: 1497371587.073,
          eventType: 'DecisionTaskScheduled',
          eventId: 2,
          decisionTaskScheduledEventAttributes: {
            taskList,
            startToCloseTimeout: '10',
            scheduleToStartTimeout: 'NONE',
          },
        },
      ],
    });
  });

  it('answers a poll that finds nothing after a minute, with the members that clients index', async (context) => {
    const wire = await openWire(context);
    const decision = wire.json('PollForDecisionTask', { domain, taskList });
    const activity = wire.json('PollForActivityTask', { domain, taskList });
    await wire.json('ListDomains', { registrationStatus: 'REGISTERED' });
    wire.clock.advance(59_999);
    const { count } = await wire.json('CountPendingDecisionTasks', { domain, taskList });
    assert.equal(count, 0);
    wire.clock.advance(1);
    assert.deepEqual(await decision, { taskToken: '', startedEventId: 0, previousStartedEventId: 0 });
    assert.deepEqual(await activity, { taskToken: '', startedEventId: 0 });
  });

  it('leaves out the token of a poll that finds nothing where the configuration says so', async (context) => {
    const wire = await openWire(context, { swf: { idleTaskToken: 'absent' } });
    const decision = wire.json('PollForDecisionTask', { domain, taskList });
    const activity = wire.json('PollForActivityTask', { domain, taskList });
    await wire.json('ListDomains', { registrationStatus: 'REGISTERED' });
    wire.clock.advance(60_000);
    assert.deepEqual(await decision, { startedEventId: 0, previousStartedEventId: 0 });
    assert.deepEqual(await activity, { startedEventId: 0 });
  });
});

describe('faults', () => {
  const cases = [
    [
      'DescribeDomain',
      { name: 'none' },
      'com.amazonaws.swf.base.model#UnknownResourceFault',
      'Unknown domain: none',
    ],
    [
      'DescribeDomain',
      {},
      'com.amazon.coral.validate#ValidationException',
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'RegisterDomain',
      { name: domain, workflowExecutionRetentionPeriodInDays: '1' },
      'com.amazonaws.swf.base.model#DomainAlreadyExistsFault',
      domain,
    ],
    [
      'RespondActivityTaskCompleted',
      { taskToken: 'x' },
      'com.amazon.coral.validate#ValidationException',
      'Invalid token',
    ],
  ] as const;
  for (const [operation, body, type, message] of cases) {
    it(`${operation} ${JSON.stringify(body)}: ${type}`, async (context) => {
      const answer = await (await openWire(context)).call(operation, body);
      assert.deepEqual(faultOf(answer), { status: 400, __type: type, message });
      assert.equal(answer.headers['x-amzn-query-error'], undefined);
    });
  }

  it('of a request that is too large', async (context) => {
    const { call } = await openWire(context);
    const { status, __type } = faultOf(await call('DescribeDomain', { name: 'x'.repeat(1_048_576) }));
    assert.deepEqual([status, __type], [413, 'com.amazon.coral.service#RequestEntityTooLarge']);
  });
});
