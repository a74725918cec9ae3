import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sftpBatch } from '../load/sftp-batch.ts';
import { tally } from '../load/tally.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { makeSftpKeys, type RunningOurs, type RunningSftp, type SftpKeys } from '../peers/sftp-peer.ts';
import { startSshd, whyNoSshd } from '../peers/sshd.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

export type StartOurs = (directory: string, keys: SftpKeys) => Promise<RunningOurs>;

export interface SftpFilesOptions extends BenchOptions {
  readonly start: StartOurs;
  /** Of the large file. */
  readonly megabytes: number;
}

const smallFiles = 2000;
const smallBytes = 10 * 1024;
/** What a client that is up to date and one that is not agree on with today's policies. */
const ciphers = ['aes128-gcm@openssh.com', 'aes128-ctr'];

interface Side {
  readonly server: RunningSftp;
  readonly figures: Map<string, number[]>;
}

interface World {
  readonly path: string;
  readonly keys: SftpKeys;
  readonly sides: readonly Side[];
}

/** One large file and many small ones, up and down, by OpenSSH's client: our server and OpenSSH's take turns. */
export async function sftpFiles(options: SftpFilesOptions): Promise<Report> {
  const problems = tally();
  const missing = whyNoSshd();
  if (missing !== undefined) options.say(`no comparison: ${missing}`);
  const rows = await inTemporaryDirectory('bench-sftp', async (path) => {
    const keys = await makeSftpKeys(path);
    const servers: RunningSftp[] = [await options.start(path, keys)];
    if (missing === undefined) servers.push(await startSshd(path, keys));
    const sides = servers.map((server) => ({ server, figures: new Map<string, number[]>() }));
    try {
      await makeFiles(path, options.megabytes);
      for (let round = 1; round <= options.rounds; round += 1) {
        options.say(`SFTP, round ${round} of ${options.rounds}`);
        await measureRound({ path, keys, sides }).catch((error: unknown) => problems.count(String(error)));
      }
    } finally {
      for (const server of servers) await server.stop();
    }
    return rowsOf(sides, options.megabytes);
  });
  return { rows, problems: problems.lines().map((line) => `SFTP: ${line}`) };
}

async function makeFiles(path: string, megabytes: number): Promise<void> {
  const piece = Buffer.from(
    Uint32Array.from({ length: 262_144 }, (_, at) => Math.imul(at, 0x9e3779b1)).buffer,
  );
  const all = async function* () {
    for (let left = megabytes; left > 0; left -= 1) yield piece;
  };
  await writeFile(join(path, 'large'), all());
  await mkdir(join(path, 'small'));
  const content = piece.subarray(0, smallBytes);
  for (let at = 0; at < smallFiles; at += 1) await writeFile(join(path, 'small', `${at}`), content);
}

async function measureRound(world: World): Promise<void> {
  for (const cipher of ciphers) {
    for (const side of world.sides) await largeFile(world, side, cipher);
  }
  for (const side of world.sides) await manyFiles(world, side);
}

async function largeFile({ path, keys }: World, side: Side, cipher: string): Promise<void> {
  const { server } = side;
  const there = `${server.root}/sent`;
  const back = join(path, 'back');
  const run = (...commands: readonly string[]) => sftpBatch({ server, key: keys.user, commands, cipher });
  await timed(side, `up, ${cipher}`, () => run(`put ${join(path, 'large')} ${there}`));
  await timed(side, `down, ${cipher}`, () => run(`get ${there} ${back}`));
  await promisify(execFile)('cmp', [join(path, 'large'), back]);
  await run(`rm ${there}`);
  await rm(back);
}

async function manyFiles({ path, keys }: World, side: Side): Promise<void> {
  const { server } = side;
  const there = `${server.root}/many`;
  const back = join(path, 'back');
  const [cipher = ''] = ciphers;
  const run = (...commands: readonly string[]) => sftpBatch({ server, key: keys.user, commands, cipher });
  await run(`mkdir ${there}`);
  await timed(side, 'many up', () => run(`put ${join(path, 'small')}/* ${there}/`));
  await mkdir(back);
  await timed(side, 'many down', () => run(`get ${there}/* ${back}/`));
  await promisify(execFile)('diff', ['-rq', join(path, 'small'), back]);
  await run(`rm ${there}/*`, `rmdir ${there}`);
  await rm(back, { recursive: true });
}

async function timed({ server, figures }: Side, what: string, work: () => Promise<number>): Promise<void> {
  const note = (name: string, seconds: number): void => {
    figures.set(name, [...(figures.get(name) ?? []), seconds]);
  };
  const before = server.cpuMs();
  note(what, (await work()) / 1000);
  // OpenSSH's processes are counted when they have ended, a moment after their client.
  await new Promise((resolve) => setTimeout(resolve, 300));
  note(`${what}, CPU`, (server.cpuMs() - before) / 1000);
}

function rowsOf([ours, theirs]: readonly Side[], megabytes: number): Row[] {
  const row = (what: string, figure: string, limit?: number): Row => {
    const values = theirs?.figures.get(figure);
    const target: Target = { of: 'ratio', bound: 'at most', limit: limit ?? 0 };
    return {
      what,
      ours: ours?.figures.get(figure) ?? [],
      ...(values === undefined ? {} : { compared: { with: 'OpenSSH', values } }),
      ...(limit === undefined ? {} : { target }),
    };
  };
  const both = (what: string, figure: string, limit: number): Row[] => [
    row(`SFTP, ${what}, s`, figure, limit),
    row(`SFTP, ${what}: server CPU, s`, `${figure}, CPU`),
  ];
  return [
    ...ciphers.flatMap((cipher) =>
      ['up', 'down'].flatMap((way) => both(`${megabytes} MiB ${way}, ${cipher}`, `${way}, ${cipher}`, 1.2)),
    ),
    ...['up', 'down'].flatMap((way) => both(`2,000 files of 10 KiB ${way}`, `many ${way}`, 1.3)),
  ];
}
