import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { OperationName } from '../../../src/apis/cloudflow/model/parameters.ts';
import { type AlibabaAnswer, RawAlibabaCaller } from '../../support/raw-alibaba.ts';
import type { Texts } from '../../support/sign-alibaba.ts';
import { type ServerOptions, startServer, type TestServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const step = (steps: string): string => `version: v1\ntype: flow\nsteps:\n${steps}`;
const state = (states: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: f\nStartAt: a\nStates:\n${states}`;
/** A machine whose one state gives what an expression does. */
const expression = (text: string): string =>
  state(`  - {Type: Pass, Name: a, OutputConstructor: {x.$: ${JSON.stringify(text)}}, End: true}`);
const within = (open: string, times: number, close: string): string =>
  open.repeat(times) + close.repeat(times);

let server: TestServer;
let caller: RawAlibabaCaller;

before(async () => {
  const limits = { 'cloudflow.historyEvents': 2_000, 'functions.concurrency': 10 };
  server = await startServer({ limits, callFunction: async () => '{}' });
  caller = new RawAlibabaCaller(server);
});

after(async () => {
  await server.stop();
  caller.close();
});

const create = (Definition: string, Name = 'f'): Promise<AlibabaAnswer> =>
  caller.call('CreateFlow', { Name, Definition, Description: '', Type: 'FDL' });

/** Each line repeats the one before it ten times. */
const laughs = ['a0: &a0 [x]'];
for (let line = 1; line < 12; line++) {
  laughs.push(
    `a${line}: &a${line} [${Array(10)
      .fill(`*a${line - 1}`)
      .join(', ')}]`,
  );
}

const REFUSED: Readonly<Record<string, string>> = {
  'a thousand million laughs': `${laughs.join('\n')}\n${step('  - {type: pass, name: a}')}`,
  'laughs among constants': step(`
  - type: pass
    name: a
    outputMappings:
${laughs.map((line) => `      - {target: t, source: {${line}}}`).join('\n')}
`),
  'an anchor within itself': step('  - &a {type: parallel, name: a, branches: [{steps: [*a]}]}'),
  'lists in lists': within('[', 100_000, ']'),
  'maps in maps': within('{"a":', 40_000, '}'),
  'steps in steps': step(`  - ${within('{type: parallel, name: p, branches: [{steps: [', 500, ']}]}')}`),
  'states in states': state(
    `  - ${within('{Type: Parallel, Name: a, End: true, Branches: [{StartAt: a, States: [', 500, ']}]}')}`,
  ),
  'more steps than nodes may be': step(
    Array.from({ length: 10_000 }, (_, n) => `  - {type: pass, name: s${n}}`).join('\n'),
  ),
  'a parallel step of 101 branches': step(
    `  - {type: parallel, name: p, branches: [${Array(101).fill('{steps: [{type: pass, name: a}]}').join(',')}]}`,
  ),
  'a long name': step(`  - {type: pass, name: ${'n'.repeat(200_000)}}`),
  'parentheses in an expression': expression(within('(', 50_000, ')')),
  'calls in an expression': expression(`${'length('.repeat(5_000)}$Input${')'.repeat(5_000)}`),
  'nots in a condition': state(
    `  - {Type: Choice, Name: a, Branches: [{Condition: "${'!'.repeat(100_000)}true", Next: a}], Default: a}`,
  ),
  'a text without an end': expression(`"${'\\"'.repeat(50_000)}`),
  'too long a text': step(`  - {type: pass, name: a}\n${'# ........\n'.repeat(60_000)}`),
};

/** In the older language, with choices within each other. */
const FOREVER = step(`
  - type: choice
    name: a
    choices: [{condition: 1 == 2, goto: a}]
    default:
      steps: [{type: pass, name: b}]
      goto: a
`);

describe('definitions that would be too much are refused', () => {
  for (const [what, definition] of Object.entries(REFUSED)) {
    test(what, async () => {
      const { status, body } = await create(definition);
      assert.equal(`${status} ${JSON.parse(body).Code}`, '400 InvalidArgument', body.slice(0, 300));
      assert.match(JSON.parse(body).Message, /^The parameter 'Definition' is not valid: |must be /);
    });
  }
});

interface Run {
  readonly definition: string;
  readonly input?: unknown;
  /** Of the failure in which it must end. */
  readonly error: RegExp;
}

const fc = 'acs:fc:::services/s/functions/f';
const TOO_LONG = /^FnF\.EventLimitExceeded$/;
const TOO_MUCH = /^FnF\.(?:DataLimit|EventLimit)Exceeded$/;
const many = Array.from({ length: 10_000 }, () => 1);
const BOUNDED: Readonly<Record<string, Run>> = {
  'goto itself': {
    definition: step(
      '  - {type: choice, name: a, choices: [{condition: 1 == 2, goto: a}], default: {goto: a}}',
    ),
    error: TOO_LONG,
  },
  'goto in a circle over tasks': {
    definition: step(`
  - {type: task, name: a, resourceArn: "${fc}", catch: [{errors: [FnF.ALL], goto: a}]}
  - {type: choice, name: b, choices: [{condition: 1 == 2, goto: b}], default: {goto: a}}`),
    error: TOO_LONG,
  },
  'Next itself': {
    definition: state('  - {Type: Pass, Name: a, Next: a}'),
    error: TOO_LONG,
  },
  'Next itself in each of 1,600 iterations': {
    definition: state(`
  - Type: Map
    Name: a
    ItemsPath: $Input.outer
    Processor: {StartAt: b, States: [{Type: Map, Name: b, ItemsPath: "[1, 2, 3, 4]", End: true,
      Processor: {StartAt: c, States: [{Type: Pass, Name: c, Next: c}]}}]}
    End: true`),
    input: { outer: Array(40).fill(1) },
    error: TOO_LONG,
  },
  'foreach over 10,000 items': {
    definition: step(`
  - type: foreach
    name: a
    iterationMapping: {collection: $.many, item: i}
    steps: [{type: task, name: b, resourceArn: "${fc}"}]`),
    input: { many },
    error: TOO_MUCH,
  },
  'foreach in foreach in foreach': {
    definition: step(`
  - type: foreach
    name: a
    iterationMapping: {collection: $.m, item: i}
    steps:
      - type: foreach
        name: b
        iterationMapping: {collection: $.m, item: j}
        steps:
          - type: foreach
            name: c
            iterationMapping: {collection: $.m, item: k}
            steps: [{type: pass, name: d}]`),
    input: { m: Array(100).fill(1) },
    error: TOO_LONG,
  },
  'Map over 10,000 items': {
    definition: state(`
  - Type: Map
    Name: a
    ItemsPath: $Input.many
    Processor: {StartAt: b, States: [{Type: Pass, Name: b, End: true}]}
    End: true`),
    input: { many },
    error: TOO_LONG,
  },
  'a value that doubles': {
    definition: state(
      '  - {Type: Pass, Name: a, InputConstructor: {x.$: "toArray($Input, $Input)"}, Next: a}',
    ),
    error: TOO_MUCH,
  },
  'a text that doubles': {
    definition: state(
      `  - {Type: Pass, Name: a, InputConstructor: {x.$: 'format("{}{}", $Input.x, $Input.x)'}, Next: a}`,
    ),
    input: { x: 'x' },
    error: TOO_MUCH,
  },
  'a variable that doubles': {
    definition: state(`
  - {Type: Pass, Name: a, GlobalConstructor: {x.$: "toArray($Global, $Global)"}, Next: b}
  - {Type: Pass, Name: b, Next: a}`),
    error: TOO_MUCH,
  },
  'a text made of much': {
    definition: expression(`length(jsonToString(toArray(${Array(200).fill('$Input').join(', ')})))`),
    input: { x: 'x'.repeat(60_000) },
    error: /^FnF\.RuntimeError$/,
  },
  'a pattern of many parts': {
    definition: expression('regexMatchString($Input.x, "((((a{1,50}){1,50}){1,50}){1,50}){1,50}b")'),
    input: { x: 'a'.repeat(1_000) },
    error: /^FnF\.RuntimeError$/,
  },
};

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with what tests expect of them
type Ask = (action: OperationName, parameters: Texts) => Promise<Record<string, any>>;

const ask: Ask = async (action, parameters) => {
  const { status, body } = await caller.call(action, parameters);
  assert.equal(status, 200, body);
  return JSON.parse(body);
};

const execution = { FlowName: 'f', ExecutionName: 'run' };

/** The flow `f` anew, and an execution of it. */
async function start(definition: string, input: unknown = {}): Promise<void> {
  await caller.call('DeleteFlow', { Name: 'f' });
  const { status, body } = await create(definition);
  assert.equal(status, 200, body);
  await ask('StartExecution', { ...execution, Input: JSON.stringify(input) });
}

async function lastEvent(): Promise<{ readonly EventDetail: string }> {
  let events: { readonly EventDetail: string }[] = [];
  for (let page: string | undefined = '1'; page !== undefined; ) {
    const answer = await ask('GetExecutionHistory', { ...execution, NextToken: page, Limit: '1000' });
    events = answer.Events;
    page = answer.NextToken;
  }
  return events.at(-1) ?? assert.fail('no event');
}

describe('executions that would be too much come to an end', () => {
  for (const [what, { definition, input, error }] of Object.entries(BOUNDED)) {
    test(what, async () => {
      await start(definition, input);
      let found = await ask('DescribeExecution', execution);
      while (found.Status === 'Running') {
        found = await ask('DescribeExecution', { ...execution, WaitTimeSeconds: '1' });
      }
      const last = await lastEvent();
      assert.equal(found.Status, 'Failed', `${found.Output.slice(0, 100)}`);
      assert.match(JSON.parse(last.EventDetail).error, error, last.EventDetail.slice(0, 500));
      assert.deepEqual(server.takeErrors(), []);
    });
  }
});

test('a pattern that would look back again and again is looked for once', async () => {
  await start(expression('regexMatchString($Input.x, "(((a*)*)*)*b")'), { x: 'a'.repeat(60_000) });
  const { Output } = await ask('DescribeExecution', { ...execution, WaitTimeSeconds: '60' });
  assert.equal(Output, '{"x":false}');
});

/** Another server; the answers to requests to it. */
async function openOther(t: TestContext, options: ServerOptions): Promise<Ask> {
  const other = await startServer(options);
  const calling = new RawAlibabaCaller(other);
  t.after(async () => {
    await other.stop();
    calling.close();
  });
  return async (action, parameters) => {
    const { status, body } = await calling.call(action, parameters);
    assert.equal(status, 200, body);
    return JSON.parse(body);
  };
}

test('endless flows leave time for others, and can be stopped', async (t) => {
  const askOther = await openOther(t, { limits: { 'cloudflow.historyEvents': 0 } });
  const endless = { f: state('  - {Type: Pass, Name: a, Next: a}'), g: FOREVER };
  for (const [Name, Definition] of Object.entries(endless)) {
    await askOther('CreateFlow', { Name, Definition, Description: '', Type: 'FDL' });
    await askOther('StartExecution', { FlowName: Name, ExecutionName: 'run' });
  }
  for (let request = 0; request < 20; request++) {
    const { Status } = await askOther('DescribeExecution', execution);
    assert.equal(Status, 'Running');
  }
  for (const FlowName of Object.keys(endless)) {
    await askOther('StopExecution', { FlowName, ExecutionName: 'run' });
    const { Status } = await askOther('DescribeExecution', { FlowName, ExecutionName: 'run' });
    assert.equal(Status, 'Stopped');
  }
});

const DISTRIBUTED = state(`
  - Type: Map
    Name: a
    ItemsPath: $Input.many
    ProcessorConfig: {ExecutionMode: Standard}
    Processor: {StartAt: b, States: [{Type: Pass, Name: b, End: true}]}
    OutputConstructor: {count.$: length($Output.Items)}
    End: true`);

test('a distributed Map of 10,000 items runs, and others are answered meanwhile', async (t) => {
  const { path } = await makeTemporaryDirectory(t);
  const askOther = await openOther(t, { dataDirectory: path });
  await askOther('CreateFlow', { Name: 'f', Definition: DISTRIBUTED, Description: '', Type: 'FDL' });
  await askOther('StartExecution', { ...execution, Input: JSON.stringify({ many }) });
  let answered = 0;
  let found = await askOther('DescribeExecution', execution);
  for (; found.Status === 'Running'; answered++) {
    await askOther('DescribeFlow', { Name: 'f' });
    found = await askOther('DescribeExecution', { ...execution, WaitTimeSeconds: '1' });
  }
  assert.equal(found.Output, '{"count":10000}');
  assert.ok(answered > 0);
});
