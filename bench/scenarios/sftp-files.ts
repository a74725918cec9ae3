import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type SftpClient, sftpBatch, startSftp } from '../load/sftp-batch.ts';
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

/** The sides take turns after each of so many parts. */
const smallParts = 20;
const smallInPart = 100;
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
  const content = piece.subarray(0, smallBytes);
  for (let part = 0; part < smallParts; part += 1) {
    await mkdir(join(path, 'small', `${part}`), { recursive: true });
    for (let at = 0; at < smallInPart; at += 1)
      await writeFile(join(path, 'small', `${part}`, `${at}`), content);
  }
}

async function measureRound(world: World): Promise<void> {
  for (const cipher of ciphers) await largeFile(world, cipher);
  await manyFiles(world);
}

async function largeFile({ path, keys, sides }: World, cipher: string): Promise<void> {
  const back = join(path, 'back');
  const run = ({ server }: Side, ...commands: readonly string[]) =>
    sftpBatch({ server, key: keys.user, commands, cipher });
  for (const side of sides)
    await timed(side, `up, ${cipher}`, () =>
      run(side, `put ${join(path, 'large')} ${side.server.root}/sent`),
    );
  for (const side of sides.toReversed()) {
    const there = `${side.server.root}/sent`;
    await timed(side, `down, ${cipher}`, () => run(side, `get ${there} ${back}`));
    await promisify(execFile)('cmp', [join(path, 'large'), back]);
    await run(side, `rm ${there}`);
    await rm(back);
  }
}

async function manyFiles({ path, keys, sides }: World): Promise<void> {
  const small = join(path, 'small');
  const back = join(path, 'back');
  const [cipher = ''] = ciphers;
  const parts = Array.from({ length: smallParts }, (_, part) => part);
  const many = ({ server }: Side): string => `${server.root}/many`;
  const run = ({ server }: Side, commands: readonly string[]) =>
    sftpBatch({ server, key: keys.user, commands, cipher });
  const start = ({ server }: Side): SftpClient => startSftp({ server, key: keys.user, cipher });
  for (const side of sides)
    await run(side, [`mkdir ${many(side)}`, ...parts.map((part) => `mkdir ${many(side)}/${part}`)]);
  await byTurns(sides, 'many up', {
    start,
    commands: (side, part) => [`put ${small}/${part}/* ${many(side)}/${part}/`],
  });
  for (const at of sides.keys())
    for (const part of parts) await mkdir(join(back, `${at}`, `${part}`), { recursive: true });
  await byTurns(sides, 'many down', {
    start,
    commands: (side, part) => [`get ${many(side)}/${part}/* ${back}/${sides.indexOf(side)}/${part}/`],
  });
  for (const [at, side] of sides.entries()) {
    await promisify(execFile)('diff', ['-rq', small, join(back, `${at}`)]);
    const gone = parts.flatMap((part) => [`rm ${many(side)}/${part}/*`, `rmdir ${many(side)}/${part}`]);
    await run(side, [...gone, `rmdir ${many(side)}`]);
  }
  await rm(back, { recursive: true });
}

interface Parts {
  readonly start: (side: Side) => SftpClient;
  readonly commands: (side: Side, part: number) => readonly string[];
}

/** Part by part, each side in one session, whose start and login belong to its first part; the other parts are noted by themselves too. */
async function byTurns(sides: readonly Side[], what: string, { start, commands }: Parts): Promise<void> {
  const clients = new Map<Side, SftpClient>();
  const spent = new Map<Side, number[]>();
  const go = async (): Promise<void> => {
    for (let part = 0; part < smallParts; part += 1)
      for (const side of part % 2 === 0 ? sides : sides.toReversed()) {
        const begun = performance.now();
        const client = clients.get(side) ?? start(side);
        clients.set(side, client);
        await client.run(...commands(side, part));
        spent.set(side, [...(spent.get(side) ?? []), (performance.now() - begun) / 1000]);
      }
  };
  const leave = () => Promise.all([...clients.values()].map((client) => client.end()));
  await counted(sides, what, () => go().finally(leave));
  for (const [side, [first = 0, ...others]] of spent) {
    const afterLogin = others.reduce((sum, each) => sum + each, 0);
    note(side, what, first + afterLogin);
    note(side, `${what}, after the login`, afterLogin);
  }
}

function note({ figures }: Side, name: string, seconds: number): void {
  figures.set(name, [...(figures.get(name) ?? []), seconds]);
}

async function timed(side: Side, what: string, work: () => Promise<number>): Promise<void> {
  await counted([side], what, async () => note(side, what, (await work()) / 1000));
}

/** Notes what CPU the sides have used. */
async function counted(sides: readonly Side[], what: string, work: () => Promise<void>): Promise<void> {
  const before = sides.map(({ server }) => server.cpuMs());
  await work();
  // OpenSSH's processes are counted when they have ended, a moment after their client.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const [at, side] of sides.entries())
    note(side, `${what}, CPU`, (side.server.cpuMs() - (before[at] ?? 0)) / 1000);
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
    ...['up', 'down'].flatMap((way) => [
      ...both(`2,000 files of 10 KiB ${way}`, `many ${way}`, 1.3),
      row(`SFTP, 1,900 of them, after the login, ${way}, s`, `many ${way}, after the login`),
    ]),
  ];
}
