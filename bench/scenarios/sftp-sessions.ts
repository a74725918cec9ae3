import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'ssh2';
import { askForPage } from '../load/page-delays.ts';
import { sftpBatch } from '../load/sftp-batch.ts';
import { idleSession } from '../load/sftp-session.ts';
import { tally } from '../load/tally.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { makeSftpKeys, type RunningOurs, type SftpKeys } from '../peers/sftp-peer.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';
import type { StartOurs } from './sftp-files.ts';

const idle = 500;
const opened = 20;
const parallel = 64;
const megabytesEach = 8;
const cipher = 'aes128-gcm@openssh.com';

interface Sessions {
  readonly idleMb: number;
  readonly openedPerSecond: number;
  readonly pageP99: number;
  readonly pageWorst: number;
  readonly megabytesPerSecond: number;
}

/** Sessions that do nothing, and what many that upload at once leave of the rest of the server. */
export async function sftpSessions(options: BenchOptions & { readonly start: StartOurs }): Promise<Report> {
  const problems = tally();
  const results: Sessions[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`SFTP sessions, round ${round} of ${options.rounds}`);
    await inTemporaryDirectory('bench-sftp', async (path) => {
      const keys = await makeSftpKeys(path);
      const server = await options.start(path, keys);
      try {
        const resting = await idleSessions(server, keys);
        results.push({ ...resting, ...(await uploads(server, keys, path)) });
      } catch (error) {
        problems.count(String(error));
      } finally {
        await server.stop();
      }
    });
  }
  return { rows: rowsOf(results), problems: problems.lines().map((line) => `SFTP sessions: ${line}`) };
}

async function idleSessions(
  server: RunningOurs,
  keys: SftpKeys,
): Promise<Pick<Sessions, 'idleMb' | 'openedPerSecond'>> {
  const key = await readFile(keys.user);
  // What the first sessions bring into memory is not theirs.
  await closeAll(await open(server, key, opened));
  const before = server.rssMb();
  const begun = performance.now();
  const clients = await open(server, key, idle);
  const openedPerSecond = (idle * 1000) / (performance.now() - begun);
  const idleMb = server.rssMb() - before;
  await closeAll(clients);
  return { idleMb, openedPerSecond };
}

async function open(server: RunningOurs, key: Buffer, count: number): Promise<readonly Client[]> {
  const clients: Client[] = [];
  while (clients.length < count) {
    clients.push(...(await Promise.all(Array.from({ length: opened }, () => idleSession(server, key)))));
  }
  return clients;
}

async function closeAll(clients: readonly Client[]): Promise<void> {
  for (const client of clients) client.end();
  await Promise.all(clients.map((client) => once(client, 'close')));
}

async function uploads(
  server: RunningOurs,
  keys: SftpKeys,
  path: string,
): Promise<Pick<Sessions, 'pageP99' | 'pageWorst' | 'megabytesPerSecond'>> {
  const file = join(path, 'file');
  await writeFile(file, Buffer.alloc(megabytesEach * 1024 * 1024, 'orrery'));
  const asking = askForPage(server.pageUrl);
  const begun = performance.now();
  const all = Array.from({ length: parallel }, (_, at) => {
    const commands = [`put ${file} ${server.root}/sent-${at}`];
    return sftpBatch({ server, key: keys.user, commands, cipher });
  });
  await Promise.all(all).finally(() => asking.stop());
  const seconds = (performance.now() - begun) / 1000;
  const delays = await asking.stop();
  return {
    pageP99: delays[Math.floor(delays.length * 0.99)] ?? Number.NaN,
    pageWorst: delays.at(-1) ?? Number.NaN,
    megabytesPerSecond: (parallel * megabytesEach) / seconds,
  };
}

function rowsOf(results: readonly Sessions[]): Row[] {
  const row = (what: string, figure: keyof Sessions, limit?: number): Row => {
    const target: Target = { of: 'value', bound: 'at most', limit: limit ?? 0 };
    const ours = results.map((result) => result[figure]);
    return { what, ours, ...(limit === undefined ? {} : { target }) };
  };
  return [
    row('500 idle SFTP sessions: memory, MB', 'idleMb', 150),
    row('SFTP sessions opened per second', 'openedPerSecond'),
    row('64 uploads at once: p99 of a page of the same process, ms', 'pageP99', 100),
    row('64 uploads at once: its slowest answer, ms', 'pageWorst'),
    row('64 uploads at once: MB/s in all', 'megabytesPerSecond'),
  ];
}
