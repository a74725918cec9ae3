import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Decision } from '@aws-sdk/client-swf';
import type { Decision as AnyDecision } from '../../../src/apis/swf/machine/decisions.ts';
import { complete, lambda, marker, schedule, timer } from '../../apis/swf/machine/decisions.ts';
import { activityType, domain, everything, openWorld, type SdkWorld } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

/** The whole message about one violation. */
const broken = (value: string, at: string, rule: string): string =>
  `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: Member must ${rule}`;
const matching = (value: string, at: string): RegExp =>
  new RegExp(`^1 validation error detected: Value '${value}' at '${at}' .*regular expression pattern: `, 's');

interface Refusal {
  readonly what: string;
  readonly call: (world: SdkWorld) => Promise<unknown>;
  readonly message: string | RegExp;
}

async function checkAll(context: TestContext, refusals: readonly Refusal[]): Promise<void> {
  const world = await openWorld(context);
  for (const { what, call, message } of refusals) {
    await context.test(what, () => refuses(call(world), 'ValidationException', message));
  }
}

/** A member of StartWorkflowExecution with a value that it must not have. */
const starting = (more: object, message: string | RegExp, what = JSON.stringify(more)): Refusal => ({
  what: `start with ${what.slice(0, 60)}`,
  call: (world) => world.start(more),
  message,
});

test('names', async (context) => {
  const named: readonly (readonly [string, (world: SdkWorld, name: string) => Promise<unknown>])[] = [
    [
      'domain',
      ({ swf }, name) => swf.countOpenWorkflowExecutions({ domain: name, startTimeFilter: everything }),
    ],
    ['name', ({ swf }, name) => swf.describeDomain({ name })],
    ['workflowId', (world, name) => world.signal('go', name)],
    ['execution.workflowId', (world, name) => world.events({ workflowId: name, runId: 'r' })],
    ['workflowType.name', (world, name) => world.start({ workflowType: { name, version: '1' } })],
    ['workflowType.version', (world, version) => world.start({ workflowType: { name: 'n', version } })],
    [
      'activityType.name',
      ({ swf }, name) => swf.describeActivityType({ domain, activityType: { name, version: '1' } }),
    ],
    ['taskList.name', (world, name) => world.poll(name)],
  ];
  const bad = [
    'a:b',
    'a/b',
    'a|b',
    'a\u0000b',
    'a\u001fb',
    'a\u007fb',
    'a\u009fb',
    '\ud83e',
    '\uddfe\ud83e',
    'arn',
  ];
  const refusals = named.flatMap(([at, call]) => {
    const isTrimmed = ['domain', 'name', 'taskList.name'].includes(at);
    return (isTrimmed ? [...bad, ' a', 'a ', '\u3000a'] : bad).map((name) => ({
      what: `${at} ${JSON.stringify(name)}`,
      call: (world: SdkWorld) => call(world, name),
      message: matching(name.replace('|', '\\|'), at),
    }));
  });
  await checkAll(context, refusals);
});

test('names that only look alike are allowed', async (context) => {
  const world = await openWorld(context);
  for (const workflowId of ['arn2', 'ARN', ' spaced ', 'é|'.slice(0, 1), '日本', 'a\\b', '\u00a0', '🧾'])
    await world.start({}, workflowId);
});

const years = 'have value less than or equal to 31536000';
const tooLong = 'have length less than or equal to';

test('numbers that travel as text', (context) =>
  checkAll(context, [
    starting({ executionStartToCloseTimeout: 'NONE' }, matching('NONE', 'executionStartToCloseTimeout')),
    starting(
      { executionStartToCloseTimeout: '31536001' },
      broken("'31536001'", 'executionStartToCloseTimeout', years),
    ),
    starting({ executionStartToCloseTimeout: '' }, matching('', 'executionStartToCloseTimeout')),
    starting(
      { taskStartToCloseTimeout: '-1' },
      broken("'-1'", 'taskStartToCloseTimeout', 'have value greater than or equal to 0'),
    ),
    starting({ taskStartToCloseTimeout: '1.5' }, matching('1.5', 'taskStartToCloseTimeout')),
    starting({ taskPriority: 'high' }, matching('high', 'taskPriority')),
    starting(
      { taskPriority: '2147483648' },
      broken("'2147483648'", 'taskPriority', 'have value less than or equal to 2147483647'),
    ),
    starting(
      { taskPriority: '-2147483649' },
      broken("'-2147483649'", 'taskPriority', 'have value greater than or equal to -2147483648'),
    ),
    ...['91', '-1', 'ever', ''].map((days) => ({
      what: `retention ${days}`,
      call: ({ swf }: SdkWorld) =>
        swf.registerDomain({ name: 'd', workflowExecutionRetentionPeriodInDays: days }),
      message: /at 'workflowExecutionRetentionPeriodInDays' failed to satisfy constraint/,
    })),
    {
      what: 'a workflow type without an end',
      call: ({ swf }) =>
        swf.registerWorkflowType({
          domain,
          name: 'n',
          version: '1',
          defaultExecutionStartToCloseTimeout: 'NONE',
        }),
      message: matching('NONE', 'defaultExecutionStartToCloseTimeout'),
    },
  ]));

test('lengths and sizes', (context) =>
  checkAll(context, [
    starting(
      { input: 'x'.repeat(32_769) },
      /at 'input' .* length less than or equal to 32768$/,
      'a long input',
    ),
    starting(
      { tagList: ['t'.repeat(257)] },
      broken(`'${'t'.repeat(257)}'`, 'tagList.1.member', `${tooLong} 256`),
      'a long tag',
    ),
    starting({ tagList: [...'123456'] }, broken("'[1, 2, 3, 4, 5, 6]'", 'tagList', `${tooLong} 5`)),
    starting({ workflowId: '' }, /at 'workflowId' .* length greater than or equal to 1$/),
    starting(
      { lambdaRole: 'r'.repeat(1601) },
      /at 'lambdaRole' .* length less than or equal to 1600$/,
      'a long role',
    ),
    {
      what: 'a page of 1001',
      call: ({ swf }) => swf.listDomains({ registrationStatus: 'REGISTERED', maximumPageSize: 1001 }),
      message: broken("'1001'", 'maximumPageSize', 'have value less than or equal to 1000'),
    },
    {
      what: 'a page of -1',
      call: ({ swf }) => swf.listDomains({ registrationStatus: 'REGISTERED', maximumPageSize: -1 }),
      message: broken("'-1'", 'maximumPageSize', 'have value greater than or equal to 0'),
    },
    {
      what: 'a status that there is not',
      call: ({ swf }) => swf.listDomains({ registrationStatus: 'GONE' as 'REGISTERED' }),
      message: broken("'GONE'", 'registrationStatus', 'satisfy enum value set: [REGISTERED, DEPRECATED]'),
    },
    {
      what: 'two violations',
      call: ({ swf }) => swf.registerDomain({ name: '', workflowExecutionRetentionPeriodInDays: undefined }),
      message:
        "2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value null at 'workflowExecutionRetentionPeriodInDays' failed to satisfy constraint: Member must not be null",
    },
    {
      what: 'a tag key with a character that is not allowed',
      call: ({ swf, server }) =>
        swf.tagResource({
          resourceArn: `arn:aws:swf:us-east-1:${server.account}:/domain/${domain}`,
          tags: [{ key: 'a!', value: 'b' }],
        }),
      message: matching('a!', 'tags.1.member.key'),
    },
  ]));

test('32,768 is counted in characters, not in bytes', async (context) => {
  const world = await openWorld(context);
  await world.start({ input: '日'.repeat(32_768) });
});

test('a list of decisions is refused whole, and its task stays open', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  const task = await world.poll();
  const at = (member: string) => `decisions.2.member.${member}`;
  const types =
    'CompleteWorkflowExecution, StartTimer, RequestCancelExternalWorkflowExecution, SignalExternalWorkflowExecution, CancelTimer, RecordMarker, ScheduleActivityTask, ContinueAsNewWorkflowExecution, ScheduleLambdaFunction, FailWorkflowExecution, RequestCancelActivityTask, StartChildWorkflowExecution, CancelWorkflowExecution';
  const timerAt = at('startTimerDecisionAttributes');
  const refusals: readonly (readonly [Decision | AnyDecision, string | RegExp])[] = [
    [
      { decisionType: 'Dance' as 'StartTimer' },
      broken("'Dance'", at('decisionType'), `satisfy enum value set: [${types}]`),
    ],
    [{ decisionType: 'StartTimer' }, broken('null', timerAt, 'not be null')],
    [timer('t', 'NONE'), matching('NONE', `${timerAt}.startToFireTimeout`)],
    [timer('t', '31536001'), broken("'31536001'", `${timerAt}.startToFireTimeout`, years)],
    [timer('a/b', '1'), matching('a/b', `${timerAt}.timerId`)],
    [timer('', '1'), /startTimerDecisionAttributes.timerId' .* length greater than or equal to 1/],
    [schedule('a:b'), matching('a:b', at('scheduleActivityTaskDecisionAttributes.activityId'))],
    [
      schedule('a', { heartbeatTimeout: 'x' }),
      matching('x', at('scheduleActivityTaskDecisionAttributes.heartbeatTimeout')),
    ],
    [
      schedule('a', { taskList: { name: ' l' } }),
      matching(' l', at('scheduleActivityTaskDecisionAttributes.taskList.name')),
    ],
    [
      schedule('a', { activityType: { ...activityType, name: 'arn' } }),
      matching('arn', at('scheduleActivityTaskDecisionAttributes.activityType.name')),
    ],
    [
      lambda('l', { startToCloseTimeout: '0' }),
      broken(
        "'0'",
        at('scheduleLambdaFunctionDecisionAttributes.startToCloseTimeout'),
        'have value greater than or equal to 1',
      ),
    ],
    [
      lambda('l', { startToCloseTimeout: '901' }),
      broken(
        "'901'",
        at('scheduleLambdaFunctionDecisionAttributes.startToCloseTimeout'),
        'have value less than or equal to 900',
      ),
    ],
  ];
  for (const [decision, message] of refusals) {
    await refuses(
      world.respond(task, [marker('m'), decision as AnyDecision]),
      'ValidationException',
      message,
    );
  }
  const early = world.respond(task, [complete(), marker('m')]);
  await refuses(early, 'ValidationException', 'Close must be last decision in list');
  assert.equal(await world.history(run), '1 WES 2 DTS 3 DTSt(s2)', 'nothing was applied');
  await world.respond(task, [timer('t', '8640000'), timer('z', '31536000')]);
  await world.expect({
    W: '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 TimerStarted(t,8640000,d4) 6 TimerStarted(z,31536000,d4)',
  });
});
