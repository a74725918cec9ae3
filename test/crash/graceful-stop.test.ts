import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import type { Round } from './deciders.ts';
import { drainAndAudit, prepareWorld } from './finish.ts';
import { Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { openQuietPolls } from './quiet-polls.ts';
import { seeded } from './random.ts';
import { startServer } from './server-process.ts';

const STOPS = 3;
const MOST_SECONDS = 10;

test('a server told to stop under load answers what waits, ends in time, and loses nothing', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const seed = Math.floor(Date.now() / 1000) % 1_000_000;
  const round: Round = { ledger: new Ledger(200), random: seeded(seed), held: [] };
  for (let stop = 0; stop < STOPS; stop++) await stopUnderLoad(directory.path, round, stop === 0);
  const last = await startServer(directory.path);
  round.ledger.up.push({ from: last.readyAt, to: Number.POSITIVE_INFINITY });
  const figures = await drainAndAudit(last.endpoint, round);
  assert.equal(await last.end('SIGTERM'), 0);
  context.diagnostic(`seed ${seed}: ${JSON.stringify(figures)}`);
  assert.deepEqual(round.ledger.violations, []);
});

async function stopUnderLoad(data: string, round: Round, isFirst: boolean): Promise<void> {
  const server = await startServer(data);
  if (isFirst) await prepareWorld(server.endpoint, round);
  const up = { from: server.readyAt, to: Number.POSITIVE_INFINITY };
  round.ledger.up.push(up);
  const polls = openQuietPolls(server.endpoint, 5);
  const load = startLoad(server.endpoint, { round });
  await load.after(300 + round.random.below(300), 10_000);
  load.expectEnd();
  up.to = Date.now();
  const code = await server.end('SIGTERM');
  const seconds = (Date.now() - up.to) / 1000;
  await load.ended();
  assert.equal(code, 0, server.log());
  assert.ok(seconds < MOST_SECONDS, `ended after ${seconds} s`);
  assert.deepEqual(
    await polls.answers,
    Array.from({ length: 5 }, () => ({ status: 200, taskToken: '' })),
  );
  assert.equal(server.log(), '');
}
