import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { OperationName } from '../../src/apis/swf/model/types.gen.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { type RawAnswer, RawCaller } from '../support/raw-call.ts';
import { account, startServer, type TestServer } from '../support/start-server.ts';
import { createRandom, mutate } from './mutate.ts';
import {
  LONGEST,
  type Situation,
  samples,
  scheduleActivity,
  taskList,
  typeDefaults,
  workflowType,
} from './swf-samples.ts';

/** Requests to each operation: few by default, thousands by hand. */
const ROUNDS = Number(process.env.ORRERY_FUZZ_ROUNDS ?? 40);
const SEED = Number(process.env.ORRERY_FUZZ_SEED ?? 1);
/** What the answers of all rounds may leave behind; requests that were good are kept by right. */
const MOST_GROWTH = 64 * 1024 * 1024 + ROUNDS * 100_000;

/** Of any operation, whatever its own faults. */
const COMMON = [
  'com.amazon.coral.validate#ValidationException',
  'com.amazon.coral.service#SerializationException',
  'com.amazon.coral.service#RequestEntityTooLarge',
];
/** The live service gives this although its model does not say so. */
const UNMODELLED: Readonly<Record<string, readonly string[]>> = {
  RegisterWorkflowType: ['DomainDeprecatedFault'],
  RegisterActivityType: ['DomainDeprecatedFault'],
  StartWorkflowExecution: ['DomainDeprecatedFault'],
};
/** After one of these has gone well, the next request needs something new to answer or end. */
const CONSUMING = /^(Respond|Terminate)/;

interface Model {
  readonly operations: Readonly<Record<string, { readonly errors?: readonly { readonly shape: string }[] }>>;
}

const model = JSON.parse(readFileSync(new URL('../../models/swf.json', import.meta.url), 'utf8')) as Model;

const clock = createFixedClock();
let server: TestServer;
let caller: RawCaller;

before(async () => {
  server = await startServer({ clock, limits: { 'swf.domains': 0, 'swf.openExecutions': 0 } });
  caller = new RawCaller(server);
});

after(async () => {
  await server.stop();
  caller.close();
});

/**
 * A poll that finds nothing is answered when its minute is over, so time passes while there is no answer: slowly, for a
 * signature is good for five minutes only.
 */
async function call(operation: string, body: string | object): Promise<RawAnswer> {
  let answer: RawAnswer | undefined;
  let failure: unknown;
  caller.call({ target: `SimpleWorkflowService.${operation}`, body }).then(
    (received) => {
      answer = received;
    },
    (error: unknown) => {
      failure = error;
    },
  );
  for (let turns = 1; answer === undefined && failure === undefined; turns++) {
    await turn();
    if (operation.startsWith('Poll') && turns % 10 === 0) clock.advance(2_000);
  }
  if (answer === undefined) throw new Error(`${operation}: no answer`, { cause: failure });
  return answer;
}

async function must(operation: OperationName, body: object): Promise<Record<string, string>> {
  const { status, body: text } = await call(operation, body);
  assert.equal(status, 200, `${operation}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

async function settle(domain: string): Promise<void> {
  await must('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '0' });
  await must('RegisterWorkflowType', { domain, ...workflowType, ...typeDefaults.workflow });
  await must('RegisterActivityType', { domain, name: 'Pack', version: '1', ...typeDefaults.activity });
}

/** An execution with a decision and an activity in progress. */
async function prepare(domain: string): Promise<Situation> {
  await call('TerminateWorkflowExecution', { domain, workflowId: 'W' });
  const given = { taskList, executionStartToCloseTimeout: LONGEST };
  const { runId = '' } = await must('StartWorkflowExecution', {
    domain,
    workflowId: 'W',
    workflowType,
    ...given,
  });
  const first = await must('PollForDecisionTask', { domain, taskList });
  await must('RespondDecisionTaskCompleted', { taskToken: first.taskToken, decisions: [scheduleActivity] });
  await must('SignalWorkflowExecution', { domain, workflowId: 'W', signalName: 's' });
  const { taskToken: decisionToken = '' } = await must('PollForDecisionTask', { domain, taskList });
  const { taskToken: activityToken = '' } = await must('PollForActivityTask', { domain, taskList });
  const page = { domain, execution: { workflowId: 'W', runId }, maximumPageSize: 1 };
  const { nextPageToken: pageToken = '' } = await must('GetWorkflowExecutionHistory', page);
  const domainArn = `arn:aws:swf:us-east-1:${account}:/domain/${domain}`;
  return { domain, domainArn, runId, decisionToken, activityToken, pageToken, round: 0 };
}

function checkAnswer(operation: string, { status, body }: RawAnswer): string {
  if (status === 200) {
    assert.ok(body === '' || typeof JSON.parse(body) === 'object');
    return 'success';
  }
  const { __type, message } = JSON.parse(body);
  assert.equal(typeof message, 'string');
  const faults = [
    ...(model.operations[operation]?.errors ?? []).map(({ shape }) => shape),
    ...(UNMODELLED[operation] ?? []),
  ];
  const allowed = [...COMMON, ...faults.map((name) => `com.amazonaws.swf.base.model#${name}`)];
  assert.ok(allowed.includes(__type), `${__type}: ${message.slice(0, 200)}`);
  assert.equal(status, __type.endsWith('#RequestEntityTooLarge') ? 413 : 400);
  return String(__type).replace(/^.*#/, '');
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

for (const [index, [name, sample]] of Object.entries(samples).entries()) {
  test(`${name} survives ${ROUNDS} mutated requests`, async (context) => {
    const random = createRandom(SEED * 1_000 + index);
    const counts: Record<string, number> = {};
    await settle(name);
    let situation = await prepare(name);
    const heapBefore = heap();
    for (let round = 0; round < ROUNDS; round++) {
      const body = mutate(random, sample({ ...situation, round }));
      const answer = await call(name, body);
      try {
        const outcome = checkAnswer(name, answer);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (outcome === 'success' && CONSUMING.test(name)) situation = await prepare(name);
      } catch (error) {
        throw new Error(`round ${round} of seed ${SEED}: ${body.slice(0, 2_000)}`, { cause: error });
      }
    }
    const growth = heap() - heapBefore;
    context.diagnostic(`${name}: ${JSON.stringify(counts)}, heap ${Math.round(growth / 1024)} KiB`);
    assert.ok(growth < MOST_GROWTH, `the heap grew by ${growth} bytes`);
    assert.deepEqual(server.takeErrors(), []);
  });
}
