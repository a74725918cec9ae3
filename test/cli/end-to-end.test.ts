import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readCredentials } from '../../src/config/credentials.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createCaller } from '../support/caller.ts';
import { registerOrders } from '../support/order-workflow.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../support/temporary-directory.ts';

const ORRERY = join(import.meta.dirname, '../../bin/orrery');
const launch = promisify(execFile);

/** The address of the ready line. */
function ready(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      const [, endpoint] = /^orrery ready on (\S+)\n/.exec(text) ?? [];
      if (endpoint !== undefined) resolve(endpoint);
    });
    server.on('exit', (code) => reject(new Error(`the server has ended with ${code}: ${text}`)));
  });
}

describe('bin/orrery', () => {
  let directory: TemporaryDirectory;
  let server: ChildProcess;
  let environment: NodeJS.ProcessEnv;
  let endpoint = '';

  before(async () => {
    directory = await makeTemporaryDirectory();
    environment = { PATH: process.env.PATH, ORRERY_DATA: directory.path };
    server = spawn(ORRERY, ['serve', '--listen', '127.0.0.1:0'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    endpoint = await ready(server);
  });
  after(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    assert.equal(await ended, 0);
    await directory.remove();
  });

  it('finds the key that the first start made, and shows what runs', async () => {
    const key = readCredentials(join(directory.path, 'credentials'));
    assert.ok(key);
    const { hostname: host, port } = new URL(endpoint);
    const caller = createCaller({ endpoint, host, port: Number(port), clock: systemClock }, { key });
    const id = await (await registerOrders(caller)).start('order-1');
    const env = { ...environment, ORRERY_ENDPOINT: endpoint };

    const list = JSON.parse((await launch(ORRERY, ['executions', '--json'], { env })).stdout);
    assert.deepEqual(
      list.executions.map(({ id: found, name }: { id: string; name: string }) => [found, name]),
      [[id, 'order-1']],
    );
    assert.match(
      (await launch(ORRERY, ['show', id], { env })).stdout,
      /^waiting for {2}no poller on decision/m,
    );
    assert.match((await launch(ORRERY, ['history', id], { env })).stdout, /^2 .* DecisionTaskScheduled/m);

    const watching = launch(ORRERY, ['watch', id], { env });
    await caller.swf('TerminateWorkflowExecution', { domain: 'orders', workflowId: 'order-1' });
    const { code, stdout } = await watching
      .catch((error: { code: number; stdout: string }) => error)
      .then((result) => ({ code: 0, ...result }));
    assert.equal(code, 3);
    assert.match(stdout, /\nterminated after /);
  });
});
