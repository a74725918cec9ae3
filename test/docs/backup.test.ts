import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import {
  CountPendingDecisionTasksCommand,
  DescribeWorkflowExecutionCommand,
  PollForDecisionTaskCommand,
  RegisterDomainCommand,
  RegisterWorkflowTypeCommand,
  RespondDecisionTaskCompletedCommand,
  StartWorkflowExecutionCommand,
  SWFClient,
  UnknownResourceFault,
} from '@aws-sdk/client-swf';
import { readCredentials } from '../../src/config/credentials.ts';
import { startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks } from './documented.ts';
import { runShell } from './run-shell.ts';

const DOMAIN = 'backup';
const WORKFLOW_TYPE = { name: 'order', version: '1' };
const DECIDERS = { name: 'deciders' };
const [withProgram = '', withNode = ''] = blocks('docs/operations.md', 'sh', 'Backup');
const [restore = ''] = blocks('docs/operations.md', 'sh', 'Restore');

interface Client {
  readonly send: SWFClient['send'];
  /** Gives the run id. */
  readonly startExecution: (workflowId: string) => Promise<string>;
}

function connect(test: TestContext, endpoint: string, folder: string): Client {
  const keys = readCredentials(join(folder, 'orrery-data', 'credentials'));
  assert.ok(keys !== undefined);
  const credentials = { accessKeyId: keys.id, secretAccessKey: keys.secret };
  const client = new SWFClient({ endpoint, region: 'us-east-1', credentials });
  test.after(() => client.destroy());
  return {
    send: client.send.bind(client),
    startExecution: async (workflowId) => {
      const start = { domain: DOMAIN, workflowId, workflowType: WORKFLOW_TYPE };
      const { runId } = await client.send(new StartWorkflowExecutionCommand(start));
      assert.ok(runId !== undefined);
      return runId;
    },
  };
}

async function register({ send }: Client): Promise<void> {
  const retention = { workflowExecutionRetentionPeriodInDays: '1' };
  await send(new RegisterDomainCommand({ name: DOMAIN, ...retention }));
  await send(
    new RegisterWorkflowTypeCommand({
      domain: DOMAIN,
      ...WORKFLOW_TYPE,
      defaultTaskList: DECIDERS,
      defaultTaskStartToCloseTimeout: '600',
      defaultExecutionStartToCloseTimeout: '3600',
      defaultChildPolicy: 'TERMINATE',
    }),
  );
}

/** Starts executions one after the other until `stop`; gives how many. */
function keepStarting(client: Client): { readonly stop: () => Promise<number> } {
  let isWanted = true;
  const run = async (): Promise<number> => {
    let started = 0;
    for (; isWanted; started++) await client.startExecution(`during-${started}`);
    return started;
  };
  const running = run();
  return {
    stop: () => {
      isWanted = false;
      return running;
    },
  };
}

/** Backs a busy server up, restores the backup over its data, and compares what was acknowledged before the backup. */
async function backUpAndRestore(t: TestContext, backup: string): Promise<void> {
  const directory = await makeTemporaryDirectory(t);
  const folder = directory.path;
  const first = await startOrrery(t, { folder });
  const client = connect(t, first.endpoint, folder);
  await register(client);
  const runs = new Map<string, string>();
  for (let i = 0; i < 20; i++) runs.set(`before-${i}`, await client.startExecution(`before-${i}`));
  const poll = new PollForDecisionTaskCommand({ domain: DOMAIN, taskList: DECIDERS });
  const { taskToken, workflowExecution } = await client.send(poll);

  const load = keepStarting(client);
  await runShell(backup, { folder });
  assert.ok((await load.stop()) > 0);
  const lost = await client.startExecution('after');
  assert.equal(await first.stop(), 0);
  await runShell(restore, { folder });

  const second = await startOrrery(t, { folder });
  const { send } = connect(t, second.endpoint, folder);
  const describe = (workflowId: string, runId: string) =>
    send(new DescribeWorkflowExecutionCommand({ domain: DOMAIN, execution: { workflowId, runId } }));
  for (const [workflowId, runId] of runs) {
    assert.equal((await describe(workflowId, runId)).executionInfo?.executionStatus, 'OPEN');
  }
  await assert.rejects(describe('after', lost), UnknownResourceFault);
  const pending = { domain: DOMAIN, taskList: DECIDERS };
  const { count = 0 } = await send(new CountPendingDecisionTasksCommand(pending));
  assert.ok(count >= runs.size - 1, `${count} decision tasks wait`);
  await send(new RespondDecisionTaskCompletedCommand({ taskToken, decisions: [] }));
  assert.equal(workflowExecution?.workflowId, 'before-0');
}

const hasProgram = spawnSync('sqlite3', ['--version']).status === 0;

test(
  'a backup with sqlite3 while the server works is complete, and can be restored',
  {
    skip: hasProgram ? false : 'sqlite3 is not installed: its command cannot be run',
    timeout: 60_000,
  },
  (t) => backUpAndRestore(t, withProgram),
);

test(
  'a backup with Node while the server works is complete, and can be restored',
  {
    timeout: 60_000,
  },
  (t) => backUpAndRestore(t, withNode),
);

test('after a stop the file of the database alone is a backup', { timeout: 60_000 }, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const server = await startOrrery(t, { folder: directory.path });
  const client = connect(t, server.endpoint, directory.path);
  await register(client);
  await client.startExecution('order-1');
  await server.stop();
  const copy = join(directory.path, 'copy.db');
  await cp(join(directory.path, 'orrery-data/orrery.db'), copy);
  const database = new DatabaseSync(copy, { readOnly: true });
  t.after(() => database.close());
  assert.deepEqual(database.prepare('pragma integrity_check').all().map(Object.values), [['ok']]);
  const { names } = database.prepare('select group_concat(name) as names from open_execution').get() ?? {};
  assert.equal(names, 'order-1');
});
