import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Endpoint } from '../../bench/load/signed-request.ts';
import { swfClient } from '../../bench/load/swf-client.ts';
import { loadConfig } from '../../src/config.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { LIMITS } from '../../src/limits.ts';
import { serve } from '../../src/main.ts';
import { openSqliteStore } from '../../src/stores/sql/sqlite.ts';
import { type FaultyStore, makeFaulty } from '../support/faulty-store.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import type { Round } from './deciders.ts';
import { drainAndAudit, prepareWorld } from './finish.ts';
import { Ledger } from './ledger.ts';
import { type Load, startLoad } from './load.ts';
import { openQuietPolls } from './quiet-polls.ts';
import { seeded } from './random.ts';
import { whenReadiness } from './readiness.ts';
import { KEYS } from './server-process.ts';
import { DECISIONS, DOMAIN, WORKFLOW_TYPE } from './world.ts';

const OUTAGES = 4;

/** What comes due while nothing can be written is tried again every second. */
const SETTLING_MS = 1500;

test('writes that fail under load lose nothing acknowledged, and service resumes by itself', async (context) => {
  const { store, endpoint } = await serveFaulty(context);
  const seed = Math.floor(Date.now() / 1000) % 1_000_000;
  const round: Round = { ledger: new Ledger(SETTLING_MS), random: seeded(seed), held: [] };
  await prepareWorld(endpoint, round);
  await loadThroughOutages(endpoint, store, round);
  const unavailable = round.ledger.count('unavailable');
  assert.ok(unavailable > 0, 'some requests met the outage');
  const figures = await drainAndAudit(endpoint, round);
  context.diagnostic(`seed ${seed}: unavailable ${unavailable}, ${JSON.stringify(figures)}`);
  assert.deepEqual(round.ledger.violations, []);
});

test('a token is not called unknown while its execution is read again', async (context) => {
  const { store, endpoint } = await serveFaulty(context);
  const round: Round = { ledger: new Ledger(SETTLING_MS), random: seeded(1), held: [] };
  await prepareWorld(endpoint, round);
  const caller = swfClient(endpoint)();
  context.after(() => caller.close());
  const start = {
    domain: DOMAIN,
    workflowId: 'a',
    workflowType: WORKFLOW_TYPE,
    taskStartToCloseTimeout: '60',
  };
  await caller.ask('StartWorkflowExecution', start);
  const task = await caller.ask('PollForDecisionTask', { domain: DOMAIN, taskList: DECISIONS });
  const answer = JSON.stringify({ taskToken: (task as { taskToken: string }).taskToken });
  const signal = JSON.stringify({ domain: DOMAIN, workflowId: 'a', signalName: 'lost' });
  store.holdLoading();
  store.failNext(1);
  assert.equal((await caller.call('SignalWorkflowExecution', signal)).status, 503);
  assert.equal((await caller.call('RespondDecisionTaskCompleted', answer)).status, 503);
  store.goOnLoading();
  await whenReadiness(endpoint, true);
  assert.equal((await caller.call('RespondDecisionTaskCompleted', answer)).status, 200);
});

/** The product itself, in this process, over a store that fails on demand. */
async function serveFaulty(context: TestContext): Promise<{ store: FaultyStore; endpoint: Endpoint }> {
  const directory = await makeTemporaryDirectory();
  const store = makeFaulty(await openSqliteStore(directory.path));
  const serving = await serve({ config: configFor(directory.path), clock: systemClock, log: silent, store });
  context.after(async () => {
    await serving.stop();
    await directory.remove();
  });
  return { store, endpoint: { host: serving.host, port: serving.port, region: 'us-east-1', ...KEYS } };
}

const configFor = (data: string) =>
  loadConfig({
    flags: { data, listen: '127.0.0.1:0' },
    environment: {
      ORRERY_ACCESS_KEY_ID: KEYS.accessKeyId,
      ORRERY_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    folder: data,
    limits: LIMITS,
  });

const silent = { info: () => {}, warn: () => {}, error: () => {} };

async function loadThroughOutages(endpoint: Endpoint, store: FaultyStore, round: Round): Promise<void> {
  const { ledger, random } = round;
  const load = startLoad(endpoint, { round, mayBeUnavailable: true });
  const polls = openQuietPolls(endpoint, 5);
  try {
    for (let outage = 0; outage < OUTAGES; outage++) {
      const up = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      ledger.up.push(up);
      await load.after(200 + random.below(200), 10_000);
      up.to = Date.now();
      if (outage % 2 === 0) await failOnce(store, load);
      else await breakDown(endpoint, store);
      assert.equal((await whenReadiness(endpoint, true)).status, 200);
    }
    ledger.up.push({ from: Date.now(), to: Number.POSITIVE_INFINITY });
    const before = ledger.count('acknowledged');
    await load.after(200, 10_000);
    assert.ok(ledger.count('acknowledged') >= before + 200, 'requests are served again');
    await polls.feed(ledger);
    for (const { status, taskToken } of await polls.answers) {
      assert.equal(status, 200);
      assert.notEqual(taskToken, '', 'a poll that waited all the time gets its task');
    }
  } finally {
    polls.close();
    await load.hangUp();
  }
}

/** A single write that fails: the service may be back before anybody can ask. */
async function failOnce(store: FaultyStore, load: Load): Promise<void> {
  const { commits } = store;
  store.failNext(1);
  await load.after(50, 10_000);
  assert.ok(store.commits > commits, 'the store is written to again');
}

async function breakDown(endpoint: Endpoint, store: FaultyStore): Promise<void> {
  store.breakDown();
  const { status, reason } = await whenReadiness(endpoint, false);
  assert.deepEqual({ status, reason }, { status: 503, reason: 'a fault of the test' });
  store.mend();
}
