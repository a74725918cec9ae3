import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { whenReadiness } from './readiness.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** A place for data that can be full. */
export interface Disk {
  /** Flags are more of `orrery serve`. */
  start(flags?: readonly string[]): Promise<ServerProcess>;
  fill(server: ServerProcess): void;
  empty(server: ServerProcess): void;
  /** Makes room after the server has gone. */
  tidy(): void;
}

/** Gives the disk, or the reason why there is none. */
export type OpenDisk = (context: TestContext) => Promise<Disk | string>;

/** A file system of its own. */
export const mountedDisk: OpenDisk = async (context) => {
  const disk = await mountSmallDisk(context);
  if (typeof disk === 'string') return disk;
  const { path, fill, empty } = disk;
  const data = join(path, 'data');
  mkdirSync(data);
  return { start: (flags) => startServer(data, [], flags), fill, empty, tidy: empty };
};

/** A directory on a disk of its own. */
export interface SmallDisk {
  readonly path: string;
  fill(): void;
  empty(): void;
}

/** Gives the reason where there can be none. */
export async function mountSmallDisk(context: TestContext): Promise<SmallDisk | string> {
  const { path, remove } = await makeTemporaryDirectory();
  const refusal = mount(path);
  context.after(async () => {
    if (refusal === undefined) execFileSync('umount', ['-l', path]);
    await remove();
  });
  if (refusal !== undefined) return `a small file system cannot be mounted here: ${refusal}`;
  const ballast = join(path, 'ballast');
  return { path, fill: () => fillWith(ballast), empty: () => rmSync(ballast) };
}

/** Files that may not grow, for this process only. */
export const limitedFiles: OpenDisk = async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const limit = (server: ServerProcess, bytes: string): void =>
    void execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
  try {
    execFileSync('prlimit', ['--version']);
  } catch (error) {
    return `prlimit cannot be used here: ${error}`;
  }
  return {
    // Without the signal, writing too far is an error like any other.
    start: (flags) => startServer(directory.path, ['sh', '-c', `trap '' XFSZ; exec "$0" "$@"`], flags),
    fill: (server) => limit(server, '65536'),
    empty: (server) => limit(server, 'unlimited'),
    // The limit has gone with the process.
    tidy: () => {},
  };
};

/** Gives why not. */
function mount(path: string): string | undefined {
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

/** The write-ahead log may have room inside for a while: then the load has to use it up. */
export async function runOutOfSpace(disk: Disk, server: ServerProcess): Promise<void> {
  disk.fill(server);
  const down = await whenReadiness(server.endpoint, false, 30_000);
  assert.equal(down.status, 503);
  assert.match(down.reason ?? '', /full|disk|I\/O/i);
}
