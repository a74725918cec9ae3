import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Round } from './deciders.ts';
import { drainAndAudit, prepareWorld } from './finish.ts';
import { Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { seeded } from './random.ts';
import { whenReadiness } from './readiness.ts';
import type { ServerProcess } from './server-process.ts';
import { type Disk, limitedFiles, mountedDisk, type OpenDisk, runOutOfSpace } from './small-disk.ts';

/** What comes due while nothing can be written is tried again every second. */
const SETTLING_MS = 1500;

const KINDS: readonly (readonly [title: string, open: OpenDisk])[] = [
  ['a file system that is full loses nothing acknowledged, and space brings service back', mountedDisk],
  ['files that may not grow lose nothing acknowledged, and a higher limit brings service back', limitedFiles],
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
  const round: Round = { ledger: new Ledger(SETTLING_MS), random: seeded(seed), held: [] };
  const first = await disk.start();
  try {
    await prepareWorld(first.endpoint, round);
    await runFull(disk, first, round);
  } finally {
    await first.end('SIGKILL');
  }
  const unavailable = round.ledger.count('unavailable');
  assert.ok(unavailable > 0, 'some requests met the full disk');
  const second = await disk.start();
  try {
    round.ledger.up.push({ from: second.readyAt, to: Number.POSITIVE_INFINITY });
    const figures = await drainAndAudit(second.endpoint, round);
    context.diagnostic(`seed ${seed}: unavailable ${unavailable}, ${JSON.stringify(figures)}`);
  } finally {
    assert.equal(await second.end('SIGTERM'), 0);
  }
  assert.deepEqual(round.ledger.violations, []);
}

async function runFull(disk: Disk, server: ServerProcess, round: Round): Promise<void> {
  const { ledger } = round;
  const load = startLoad(server.endpoint, { round, mayBeUnavailable: true });
  try {
    const up = { from: server.readyAt, to: Number.POSITIVE_INFINITY };
    ledger.up.push(up);
    await load.after(300, 10_000);
    up.to = Date.now();
    await runOutOfSpace(disk, server);
    disk.empty(server);
    assert.equal((await whenReadiness(server.endpoint, true)).status, 200);
    const again = { from: Date.now(), to: Number.POSITIVE_INFINITY };
    ledger.up.push(again);
    const before = ledger.count('acknowledged');
    await load.after(200, 10_000);
    assert.ok(ledger.count('acknowledged') >= before + 200, 'requests are served again');
    again.to = Date.now();
    await runOutOfSpace(disk, server);
    load.expectEnd();
    await server.end('SIGKILL');
  } finally {
    await load.hangUp();
  }
  disk.tidy();
}
