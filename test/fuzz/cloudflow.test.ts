import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { OperationName } from '../../src/apis/cloudflow/model/parameters.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { type AlibabaAnswer, type Manner, RawAlibabaCaller } from '../support/raw-alibaba.ts';
import type { Texts } from '../support/sign-alibaba.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { FLOWS, type Situation, samples } from './cloudflow-samples.ts';
import { createRandom, mutate, type Random } from './mutate.ts';

/** Requests to each operation: few by default, thousands by hand. */
const ROUNDS = Number(process.env.ORRERY_FUZZ_ROUNDS ?? 40);
const SEED = Number(process.env.ORRERY_FUZZ_SEED ?? 1);

/** Errors that the vendor names for what a client may do wrong, or that stand in for some it does not name. */
const STATUSES: Readonly<Record<string, number>> = {
  InvalidArgument: 400,
  MissingRequiredParams: 400,
  ActionNotSupported: 400,
  EntityTooLarge: 400,
  ExecutionAlreadyExists: 400,
  ExecutionAlreadyCompleted: 400,
  TaskAlreadyCompleted: 400,
  SignatureNotMatch: 403,
  FlowNotExists: 404,
  ExecutionNotExists: 404,
  ScheduleNotExists: 404,
  FlowVersionNotExists: 404,
  FlowAliasNotExists: 404,
  MapRunNotExists: 404,
  FlowAlreadyExists: 409,
  ScheduleAlreadyExists: 409,
  FlowAliasAlreadyExists: 409,
  PreconditionFailed: 412,
};

/** After one of these has gone well, the next request needs something new to end, to delete or to make. */
const CONSUMING = /^(?:Report|Stop|Delete|CreateFlow$|UpdateFlow$)/;

const clock = createFixedClock();
const tokens: string[] = [];
let server: TestServer;
let caller: RawAlibabaCaller;

before(async () => {
  server = await startServer({
    clock,
    limits: { 'cloudflow.openExecutions': 0, 'cloudflow.historyEvents': 200 },
    callFunction: async (_name, event) => {
      const token: unknown = JSON.parse(event)?.token;
      if (typeof token === 'string') tokens.push(token);
      return '{}';
    },
  });
  caller = new RawAlibabaCaller(server);
});

after(async () => {
  await server.stop();
  caller.close();
});

/** What waits is answered as time passes; slowly, for a signature is good for some minutes only. */
async function call(action: OperationName, parameters: Texts, manner?: Manner): Promise<AlibabaAnswer> {
  let isAnswered = false;
  const answer = caller.call(action, parameters, manner).finally(() => {
    isAnswered = true;
  });
  for (let turns = 1; !isAnswered; turns++) {
    await turn();
    if (turns % 20 === 0) clock.advance(1_000);
  }
  return answer;
}

type Answered = Readonly<Record<string, unknown>>;

/** Good if there is nothing to do, too. */
async function must(action: OperationName, parameters: Texts): Promise<Answered> {
  const { status, body } = await call(action, parameters);
  assert.ok(status === 200 || /Already(?:Exists|Completed)/.test(body), `${action}: ${body}`);
  return JSON.parse(body);
}

/** Everything that the samples speak of. */
async function prepare(): Promise<Omit<Situation, 'round'>> {
  await call('DeleteFlow', { Name: 'new' });
  for (const [Name, Definition] of Object.entries(FLOWS)) {
    const ExecutionMode = Name === 'x' ? 'Express' : 'Standard';
    await must('CreateFlow', { Name, Definition, Description: '', Type: 'FDL', ExecutionMode });
  }
  const { FlowVersions } = await must('ListFlowVersions', { FlowName: 'f' });
  for (let missing = (FlowVersions as unknown[]).length; missing < 4; missing++) {
    await must('PublishFlowVersion', { FlowName: 'f' });
  }
  await must('PublishFlowVersion', { FlowName: 'x' });
  await call('CreateFlowAlias', {
    FlowName: 'f',
    Name: 'live',
    RoutingConfigurations: '[{"Version":"1","Weight":1}]',
  });
  await must('CreateSchedule', { FlowName: 'f', ScheduleName: 's', CronExpression: '@every 1000m' });
  const { Flows, NextToken } = await must('ListFlows', { Limit: '1' });
  assert.equal((Flows as unknown[]).length, 1);
  return { pageToken: String(NextToken), ...(await restart()) };
}

/** New executions under names that are free. */
let executions = 0;

async function restart(): Promise<Pick<Situation, 'token' | 'mapRun'>> {
  const ExecutionName = `e${++executions}`;
  await must('StartExecution', { FlowName: 'm', ExecutionName, Input: '{"items":[1,2]}' });
  await must('StartExecution', { FlowName: 'f', ExecutionName });
  let events: { Type: string; EventDetail: string }[] = [];
  while (!events.some(({ Type }) => Type === 'MapRunStarted')) {
    const history = await must('GetExecutionHistory', { FlowName: 'm', ExecutionName, Limit: '100' });
    events = history.Events as typeof events;
  }
  const started = events.find(({ Type }) => Type === 'MapRunStarted');
  while (tokens.length === 0) await turn();
  const token = tokens.pop() ?? '';
  const [, mapRun = ''] = /"MapRunName":"([^"]*)"/.exec(started?.EventDetail ?? '') ?? [];
  return { token, mapRun };
}

/** Parameters as texts; a request whose JSON was spoilt is one whose first parameter is. */
function textsOf(spoilt: string, good: object): Texts {
  let value: unknown;
  try {
    value = JSON.parse(spoilt);
  } catch {
    const [first = 'Name'] = Object.keys(good);
    return { ...textsOf(JSON.stringify(good), good), [first]: spoilt.toWellFormed() };
  }
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(members.map(([name, member]) => [name.toWellFormed(), textOf(member)]));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed();
  try {
    return JSON.stringify(value);
  } catch {
    return '['.repeat(200_000);
  }
}

function checkAnswer({ status, body }: AlibabaAnswer): string {
  const { RequestId, Code, Message, HostId } = JSON.parse(body);
  assert.equal(typeof RequestId, 'string');
  if (status === 200) {
    assert.equal(Code, undefined);
    return 'success';
  }
  assert.equal(typeof Message, 'string');
  assert.equal(typeof HostId, 'string');
  assert.equal(STATUSES[Code], status, `${Code}: ${Message}`);
  return Code;
}

/** Whatever could be made is also run. */
async function runNew(): Promise<void> {
  const { status } = await call('StartExecution', {
    FlowName: 'new',
    ExecutionName: 'run',
    Input: '{"n":1}',
  });
  if (status === 200) await call('DescribeExecution', { FlowName: 'new', ExecutionName: 'run' });
  await call('StartSyncExecution', { FlowName: 'new', Input: '{"n":1}' });
  if (status === 200)
    checkAnswer(await call('GetExecutionHistory', { FlowName: 'new', ExecutionName: 'run' }));
}

/** Names of executions change with each that is started. */
function named(sample: object): object {
  return 'ExecutionName' in sample && sample.ExecutionName === 'e'
    ? { ...sample, ExecutionName: `e${executions}` }
    : sample;
}

/** Queries of any length do not pass. */
function mannerOf(random: Random, texts: Texts): Manner {
  const isShort = Object.values(texts).join('').length < 1_000;
  return random() < 0.3 && isShort ? 'V1 GET' : random() < 0.5 ? 'V1 POST' : 'V3 POST';
}

for (const [index, [key, sample]] of Object.entries(samples).entries()) {
  const name = key as OperationName;
  test(`${name} survives ${ROUNDS} mutated requests`, async (context) => {
    const random = createRandom(SEED * 1_000 + index);
    const counts: Record<string, number> = {};
    let situation = await prepare();
    if (name === 'UpdateFlow') await remake();
    for (let round = 0; round < ROUNDS; round++) {
      const good = named(sample({ ...situation, round }));
      const texts = textsOf(mutate(random, good), good);
      const answer = await call(name, texts, mannerOf(random, texts));
      try {
        const outcome = checkAnswer(answer);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (outcome !== 'success' || !CONSUMING.test(name)) continue;
        if (name.endsWith('eFlow')) await runNew();
        situation = await prepare();
        if (name === 'UpdateFlow') await remake();
      } catch (error) {
        const text = `${answer.status} ${answer.body.slice(0, 500)} ${JSON.stringify(texts).slice(0, 2_000)}`;
        throw new Error(`round ${round} of seed ${SEED}: ${text}`, { cause: error });
      }
    }
    context.diagnostic(`${name}: ${JSON.stringify(counts)}`);
    assert.deepEqual(server.takeErrors(), []);
  });
}

/** The flow that is updated is another one each time. */
async function remake(): Promise<void> {
  const Definition = (FLOWS.x ?? '').replace('Name: x', 'Name: new');
  await must('CreateFlow', { Name: 'new', Definition, Description: '', Type: 'FDL' });
}
