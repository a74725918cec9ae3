import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import type { Round } from './deciders.ts';
import { drainAndAudit, prepareWorld } from './finish.ts';
import { Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { seeded } from './random.ts';
import { whenReadiness } from './readiness.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** What comes due while nothing can be written is tried again every second. */
const SETTLING_MS = 1500;

/** A place for data that can be full. */
interface Disk {
  readonly data: string;
  start(): Promise<ServerProcess>;
  fill(server: ServerProcess): void;
  empty(server: ServerProcess): void;
  /** Makes room after the server has gone. */
  tidy(): void;
}

test('a file system that is full loses nothing acknowledged, and space brings service back', async (context) => {
  const directory = await makeTemporaryDirectory();
  const refusal = mountSmallDisk(directory.path);
  context.after(async () => {
    if (refusal === undefined) execFileSync('umount', ['-l', directory.path]);
    await directory.remove();
  });
  if (refusal !== undefined) return context.skip(`a small file system cannot be mounted here: ${refusal}`);
  const data = join(directory.path, 'data');
  const ballast = join(directory.path, 'ballast');
  mkdirSync(data);
  await survive(context, {
    data,
    start: () => startServer(data),
    fill: () => fillWith(ballast),
    empty: () => rmSync(ballast),
    tidy: () => rmSync(ballast),
  });
});

test('files that may not grow lose nothing acknowledged, and a higher limit brings service back', async (context) => {
  const directory = await makeTemporaryDirectory();
  context.after(directory.remove);
  const limit = (server: ServerProcess, bytes: string): void =>
    void execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
  try {
    execFileSync('prlimit', ['--version']);
  } catch (error) {
    return context.skip(`prlimit cannot be used here: ${error}`);
  }
  await survive(context, {
    data: directory.path,
    // Without the signal, writing too far is an error like any other.
    start: () => startServer(directory.path, ['sh', '-c', `trap '' XFSZ; exec "$0" "$@"`]),
    fill: (server) => limit(server, '65536'),
    empty: (server) => limit(server, 'unlimited'),
    // The limit has gone with the process.
    tidy: () => {},
  });
});

/** Gives why not. */
function mountSmallDisk(path: string): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', path], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr ?? error).trim();
  }
}

function fillWith(ballast: string): void {
  const piece = Buffer.alloc(65_536);
  try {
    for (;;) writeFileSync(ballast, piece, { flag: 'a' });
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'ENOSPC');
  }
}

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

/** The write-ahead log may have room inside for a while: then the load has to use it up. */
async function runOutOfSpace(disk: Disk, server: ServerProcess): Promise<void> {
  disk.fill(server);
  const down = await whenReadiness(server.endpoint, false, 30_000);
  assert.equal(down.status, 503);
  assert.match(down.reason ?? '', /full|disk|I\/O/i);
}
