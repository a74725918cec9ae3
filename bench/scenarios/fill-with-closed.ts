import { randomBytes } from 'node:crypto';
import type { ClosedExecution, ExecutionDelta, JournalRow, Store } from '../../src/kernel/store.ts';
import { openStore } from '../../src/stores/open-store.ts';
import { type SwfCaller, swfClient } from '../load/swf-client.ts';
import {
  activityCount,
  decisionInput,
  type LoadNames,
  pollInput,
  registerTypes,
  startInput,
} from '../load/workflow.ts';
import { startOrrery } from '../peers/orrery.ts';

export interface Filling {
  /** Data directory that no server holds. */
  readonly path: string;
  readonly domain: string;
  readonly count: number;
}

/** A closed execution as the server itself has stored it. */
interface Specimen {
  readonly shard: number;
  readonly execution: ClosedExecution;
  readonly rows: readonly JournalRow[];
}

const specimens = 400;
const shards = 256;
const clonesPerCommit = 500;
const day = 86_400_000;

/**
 * Writes closed executions straight into the store: the server runs a few hundred short ones, and what it stored of
 * them is written again and again under new ids.
 */
export async function fillWithClosed({ path, domain, count }: Filling): Promise<void> {
  await runSpecimens(path, { domain, taskList: 'orders' });
  const store = await openStore({ url: 'sqlite', dataDirectory: path });
  try {
    const found = await readSpecimens(store);
    if (found.length === 0) throw new Error(`no closed execution in the store of ${path}`);
    for (let written = 0, turn = 0; written < count; written += clonesPerCommit, turn += 1) {
      await writeClones(
        store,
        found[turn % found.length] as Specimen,
        Math.min(clonesPerCommit, count - written),
      );
    }
    await checkCount(store, found[0] as Specimen, count);
  } finally {
    await store.close();
  }
}

/** Executions whose first decision completes them. */
async function runSpecimens(path: string, names: LoadNames): Promise<void> {
  const server = await startOrrery(path);
  const connect = swfClient(server.endpoint);
  const caller = connect();
  try {
    await registerTypes(connect(), names);
    for (let run = 0; run < specimens; run += 1) await runOne(caller, names, `specimen-${run}`);
  } finally {
    caller.close();
    await server.stop();
  }
}

async function runOne(caller: SwfCaller, names: LoadNames, workflowId: string): Promise<void> {
  await caller.ask('StartWorkflowExecution', JSON.parse(startInput(names, workflowId)));
  const task = await caller.ask('PollForDecisionTask', JSON.parse(pollInput(names, 'bench-decider')));
  const { taskToken } = task as { taskToken: string };
  await caller.ask('RespondDecisionTaskCompleted', JSON.parse(decisionInput(taskToken, activityCount)));
}

async function readSpecimens(store: Store): Promise<Specimen[]> {
  const found: Specimen[] = [];
  for (const { api, scope } of await store.scopes()) {
    const query = {
      api,
      scope,
      now: Date.now(),
      timeOf: 'ended',
      order: 'newest',
      limit: specimens,
    } as const;
    for (const execution of await store.listClosed(query)) {
      const shard = await shardOf(store, execution.id);
      const rows = await store.readHistory({ shard, id: execution.id, from: 1, to: execution.eventCount });
      found.push({ shard, execution, rows });
    }
  }
  return found;
}

/** Where the server put it; only asked of a few hundred. */
async function shardOf(store: Store, id: string): Promise<number> {
  for (let shard = 0; shard < shards; shard += 1) {
    if (await store.readExecution(shard, id)) return shard;
  }
  throw new Error(`execution ${id} is in no shard`);
}

function writeClones(store: Store, specimen: Specimen, count: number): Promise<void> {
  const executions = Array.from({ length: count }, () => cloneOf(specimen)).flat();
  const nothing = { records: [], sent: [], delivered: [], cursors: [], forgotten: [] };
  return store.commit([{ shard: specimen.shard, executions, ...nothing }]);
}

async function checkCount(store: Store, { execution }: Specimen, count: number): Promise<void> {
  const { api, scope } = execution;
  const counted = await store.countClosed({ api, scope, now: Date.now(), timeOf: 'ended' });
  if (counted < count) throw new Error(`${counted} closed executions in the store, not ${count}`);
}

/** The deltas that would have led to it, under a new id and ended at some moment of the day before. */
function cloneOf({ execution, rows }: Specimen): ExecutionDelta[] {
  const id = randomBytes(13).toString('hex');
  const { api, scope, summary, state } = execution;
  const startedAt = execution.startedAt - (Number.parseInt(id.slice(0, 6), 16) % day);
  const endedAt = startedAt + (summary.endedAt - execution.startedAt);
  return rows.map((row, index) => ({
    id,
    row,
    ...(index === 0 ? { created: { api, scope, name: `clone-${id}`, startedAt } } : {}),
    ...(index === rows.length - 1 ? { snapshot: state, closed: { ...summary, endedAt } } : {}),
  }));
}
