import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDoubles, serveDoubles } from '../support/open-doubles.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { audit } from './cloudflow/audit.ts';
import { bringToEnd, createFlows, type Round, type Worked, within } from './cloudflow/crash-round.ts';
import { newLedger } from './cloudflow/ledger.ts';
import { type Actor, runLoad } from './cloudflow/load.ts';
import { BUCKET, prepareItems } from './cloudflow/stored-items.ts';
import { seeded } from './random.ts';
import { whenReadiness } from './readiness.ts';
import type { ServerProcess } from './server-process.ts';
import { type Disk, limitedFiles, mountedDisk, type OpenDisk, runOutOfSpace } from './small-disk.ts';

const KINDS: readonly (readonly [title: string, open: OpenDisk])[] = [
  [
    'flows lose nothing acknowledged while the file system is full, and go on when there is space',
    mountedDisk,
  ],
  ['flows lose nothing acknowledged while files may not grow, and go on when they may', limitedFiles],
];

for (const [title, open] of KINDS)
  test(title, async (context) => {
    const disk = await open(context);
    if (typeof disk === 'string') return context.skip(disk);
    await survive(context, disk);
  });

/** Full twice: once space comes back while the server runs, once the server is killed before. */
async function survive(context: TestContext, disk: Disk): Promise<void> {
  const seed = Math.floor(Date.now() / 1000) % 1_000_000;
  const round = await openRound(context, disk, seed);
  await within(round, 'SIGKILL', createFlows);
  const unavailable = await within(round, 'SIGKILL', (actor, server) => runFull(disk, actor, server));
  assert.ok(unavailable > 0, 'some requests met the full disk');
  disk.tidy();
  const figures = await within(round, 'SIGTERM', async (actor) => {
    await bringToEnd(actor);
    return { result: await audit(actor) };
  });
  context.diagnostic(`seed ${seed}: unavailable ${unavailable}, ${JSON.stringify(figures)}`);
  assert.deepEqual(round.ledger.violations, []);
}

/** Functions and their record are not on the disk that is full. */
async function openRound(context: TestContext, disk: Disk, seed: number): Promise<Round> {
  const { path } = await makeTemporaryDirectory(context);
  const doubles = openDoubles(path);
  const config = join(path, 'orrery.yaml');
  const items = prepareItems(path);
  const buckets = { [BUCKET]: { directory: items } };
  writeFileSync(config, JSON.stringify({ functions: await serveDoubles(context, doubles), buckets }));
  return {
    ledger: newLedger(seeded(seed)),
    doubles,
    items,
    start: () => disk.start(['--config', config]),
    mayLog: true,
  };
}

async function runFull(disk: Disk, actor: Actor, server: ServerProcess): Promise<Worked<number>> {
  const { client } = actor;
  client.mayBeUnavailable = true;
  const load = runLoad(actor);
  await client.after(200, 10_000);
  await runOutOfSpace(disk, server);
  disk.empty(server);
  assert.equal((await whenReadiness(server.endpoint, true)).status, 200);
  const before = client.changes;
  await client.after(200, 10_000);
  assert.ok(client.changes >= before + 200, 'requests are served again');
  await runOutOfSpace(disk, server);
  return { result: client.unavailable, load };
}
