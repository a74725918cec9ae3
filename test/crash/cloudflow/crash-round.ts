import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionRecord } from '../../../src/server/admin/executions/execution-record.ts';
import { type Doubles, openDoubles } from '../../support/open-doubles.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { seeded } from '../random.ts';
import { killWhileStarting, type ServerProcess, startServer } from '../server-process.ts';
import { audit, type Figures, listAll } from './audit.ts';
import { FlowClient } from './client.ts';
import { CRASH_FLOWS, SCHEDULED, SCHEDULED_DEFINITION } from './flows.ts';
import { type FlowLedger, newLedger } from './ledger.ts';
import { type Actor, report, runLoad, tokensOf } from './load.ts';
import { BUCKET, prepareItems } from './stored-items.ts';

export interface RoundResult extends Figures {
  readonly kills: number;
  readonly violations: readonly string[];
}

export interface Round {
  readonly ledger: FlowLedger;
  readonly doubles: Doubles;
  /** The folder that is the bucket of items. */
  readonly items: string;
  readonly start: () => Promise<ServerProcess>;
  /** What the server tells of a disk that is full is no surprise. */
  readonly mayLog?: boolean;
}

interface KilledRound extends Round {
  readonly killEarly: () => Promise<void>;
}

/** One data directory, several servers killed over it, and an audit when everything has come to its end. */
export async function flowCrashRound(seed: number): Promise<RoundResult> {
  const { path, remove } = await makeTemporaryDirectory();
  const ledger = newLedger(seeded(seed));
  const round = openRound(path, ledger);
  try {
    await within(round, 'SIGKILL', createFlows);
    const kills = 2 + ledger.random.below(3);
    for (let kill = 0; kill < kills; kill++) {
      if (ledger.random.chance(0.25)) await round.killEarly();
      await within(round, 'SIGKILL', loadForAWhile);
    }
    const figures = await within(round, 'SIGTERM', async (actor) => {
      await bringToEnd(actor);
      return { result: await audit(actor) };
    });
    return { ...figures, kills, violations: ledger.violations };
  } finally {
    await remove();
  }
}

function openRound(path: string, ledger: FlowLedger): KilledRound {
  const doubles = openDoubles(path);
  const functions = Object.entries(doubles.functions).map(([name, { module }]) => [name, { module }]);
  const items = prepareItems(path);
  const buckets = { [BUCKET]: { directory: items } };
  const config = join(path, 'orrery.yaml');
  writeFileSync(config, JSON.stringify({ functions: Object.fromEntries(functions), buckets }));
  const data = join(path, 'data');
  const flags = ['--config', config];
  return {
    ledger,
    doubles,
    items,
    start: () => startServer(data, [], flags),
    killEarly: () => killWhileStarting(data, 100 + ledger.random.below(700), flags),
  };
}

/** `load` are clients that go on until the server has gone. */
export interface Worked<Result> {
  readonly result: Result;
  readonly load?: Promise<void>;
}

/** Work over one server, which then ends in that way. */
export async function within<Result>(
  { ledger, doubles, items, start, mayLog = false }: Round,
  signal: 'SIGKILL' | 'SIGTERM',
  work: (actor: Actor, server: ServerProcess) => Promise<Worked<Result>>,
): Promise<Result> {
  const server = await start();
  const client = new FlowClient(server, ledger);
  const { result, load } = await work({ client, ledger, doubles, items }, server);
  client.isEnding = true;
  const code = await server.end(signal);
  await load;
  client.close();
  if (signal === 'SIGTERM' && code !== 0) ledger.violations.push(`the last server ended with ${code}`);
  if (!mayLog && server.log() !== '')
    ledger.violations.push(`the server wrote: ${server.log().slice(0, 2000)}`);
  return result;
}

export async function createFlows({ client }: Actor): Promise<Worked<void>> {
  const scheduled = { name: SCHEDULED, definition: SCHEDULED_DEFINITION };
  for (const { name: Name, definition: Definition } of [...CRASH_FLOWS, scheduled]) {
    await client.must('CreateFlow', { Name, Definition, Description: '', Type: 'FDL' });
  }
  return { result: undefined };
}

async function loadForAWhile(actor: Actor): Promise<Worked<void>> {
  const { random } = actor.ledger;
  const load = runLoad(actor);
  await actor.client.after(random.chance(0.12) ? random.below(10) : random.below(250), 4_000);
  return { result: undefined, load };
}

/** Reports what waits for it, until no execution is open any more; only then are there no more of schedules. */
export async function bringToEnd(actor: Actor): Promise<void> {
  await drain(
    actor,
    CRASH_FLOWS.map(({ name }) => name),
  );
  // Those too whose making a client was not told of, as the server was killed.
  const { Schedules } = await actor.client.must('ListSchedules', { FlowName: SCHEDULED, Limit: '100' });
  for (const { ScheduleName } of Schedules as readonly { readonly ScheduleName: string }[]) {
    await actor.client.must('UpdateSchedule', { FlowName: SCHEDULED, ScheduleName, Enable: 'false' });
  }
  // One that was due before may still be on its way.
  while (await isAny(actor, 'cloudflow-schedule', ({ open }) => open.activities > 0)) await delay(50);
  await drain(actor, [SCHEDULED]);
  while (await isAny(actor, 'cloudflow-invocation')) await delay(50);
}

/** Whether one of a system's open executions is like that. */
async function isAny(
  { client }: Actor,
  system: string,
  isSo: (record: ExecutionRecord) => boolean = () => true,
): Promise<boolean> {
  const path = `executions?system=${system}&status=running&limit=500`;
  const { executions } = await client.own<{ readonly executions: readonly ExecutionRecord[] }>(path);
  return executions.some(isSo);
}

async function drain(actor: Actor, flows: readonly string[]): Promise<void> {
  const { reports } = actor.ledger;
  let open = 1;
  while (open > 0) {
    await delay(50);
    const isCounted = (token: string) =>
      reports.get(token)?.some(({ event }) => event !== undefined) === true;
    for (const token of tokensOf(actor)) if (!isCounted(token)) await report(actor, token);
    open = 0;
    for (const name of flows) {
      const found = await listAll(actor, name);
      open += found.filter(({ Status }) => Status === 'Running').length;
    }
  }
}
