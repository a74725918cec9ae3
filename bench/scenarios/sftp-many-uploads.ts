import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Transfer } from '@aws-sdk/client-transfer';
import { systemClock } from '../../src/kernel/clock.ts';
import { type Caller, createCaller } from '../../test/support/caller.ts';
import { SftpClient } from '../../test/support/sftp-client.ts';
import { keyPair } from '../../test/support/sftp-server.ts';
import { type Tally, tally } from '../load/tally.ts';
import type { BenchOptions, Report, Row } from '../measure/report.ts';
import { type RunningOrrery, startOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const sessions = 200;
const role = 'arn:aws:iam::000000000000:role/bench';

interface Uploads {
  readonly loginsPerSecond: number;
  readonly uploadsPerSecond: number;
  readonly executionsPerSecond: number;
  readonly cpuEach: number;
  readonly ownCpuEach: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

/** Files of one byte from 200 sessions, each of which a workflow copies to another bucket. */
export async function sftpManyUploads(options: BenchOptions, uploads: number): Promise<Report> {
  const problems = tally();
  const results: Uploads[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`uploads, round ${round} of ${options.rounds}: ${uploads} files`);
    results.push(
      await inTemporaryDirectory('bench-uploads', (path) => uploadsRound(path, uploads, problems)),
    );
  }
  return { rows: rowsOf(results), problems: problems.lines().map((line) => `uploads: ${line}`) };
}

async function uploadsRound(path: string, uploads: number, problems: Tally): Promise<Uploads> {
  for (const name of ['in', 'out']) await mkdir(join(path, 'buckets', name), { recursive: true });
  const server = await startOrrery(path);
  try {
    const { port, workflowId } = await prepare(server);
    const logins = performance.now();
    const clients = await Promise.all(Array.from({ length: sessions }, () => login(port)));
    const loginsPerSecond = (sessions / (performance.now() - logins)) * 1000;
    const before = { cpu: server.usage().cpuMs, own: process.cpuUsage(), at: performance.now() };
    await uploadAll(clients, uploads, problems);
    const own = process.cpuUsage(before.own);
    const uploaded = performance.now() - before.at;
    await untilAllAreCopied(join(path, 'buckets/out/copied'), uploads);
    const ended = performance.now() - before.at;
    const { cpuMs, rssMb, peakMb } = server.usage();
    for (const client of clients) client.vanish();
    await checkExecutions(callerOf(server), { workflowId, uploads, problems });
    return {
      loginsPerSecond,
      uploadsPerSecond: (uploads / uploaded) * 1000,
      executionsPerSecond: (uploads / ended) * 1000,
      cpuEach: (cpuMs - before.cpu) / uploads,
      ownCpuEach: (own.user + own.system) / 1000 / uploads,
      rssMb,
      peakMb,
    };
  } finally {
    await server.stop();
  }
}

async function prepare({ endpoint }: RunningOrrery): Promise<{ port: number; workflowId: string }> {
  const { host, port, region, ...credentials } = endpoint;
  const client = new Transfer({ endpoint: `http://${host}:${port}`, region, credentials });
  const place = { S3FileLocation: { Bucket: 'out', Key: 'copied/' } };
  const { WorkflowId: workflowId = '' } = await client.createWorkflow({
    Steps: [{ Type: 'COPY', CopyStepDetails: { DestinationFileLocation: place } }],
  });
  const { ServerId } = await client.createServer({
    HostKey: keyPair('ed25519').private,
    Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:0' }],
    WorkflowDetails: { OnUpload: [{ WorkflowId: workflowId, ExecutionRole: role }] },
  });
  const user = { UserName: 'alice', Role: role, HomeDirectory: '/in' };
  await client.createUser({ ServerId, ...user, SshPublicKeyBody: keyPair('ed25519').public });
  for (;;) {
    const { Server: server } = await client.describeServer({ ServerId });
    const address = server?.Tags?.find(({ Key }) => Key === 'orrery:listen')?.Value;
    if (server?.State === 'ONLINE') {
      client.destroy();
      return { port: Number(address?.split(':').at(-1)), workflowId };
    }
    await delay(5);
  }
}

const login = (port: number): Promise<SftpClient> =>
  SftpClient.connect({ host: '127.0.0.1', port, username: 'alice', privateKey: keyPair('ed25519').private });

async function uploadAll(clients: readonly SftpClient[], uploads: number, problems: Tally): Promise<void> {
  let next = 0;
  const uploadSome = async (client: SftpClient): Promise<void> => {
    while (next < uploads) {
      const name = `f${next++}`;
      await client.put(name, 'x').catch((error: Error) => problems.count(`upload: ${error.message}`));
    }
  };
  await Promise.all(clients.map(uploadSome));
}

async function untilAllAreCopied(folder: string, uploads: number): Promise<void> {
  while ((await readdir(folder).catch(() => [])).length < uploads) await delay(50);
}

function callerOf({ endpoint }: RunningOrrery): Caller {
  const { host, port, accessKeyId, secretAccessKey } = endpoint;
  const server = { endpoint: `http://${host}:${port}`, host, port, clock: systemClock };
  return createCaller(server, { key: { id: accessKeyId, secret: secretAccessKey } });
}

interface Page {
  readonly executions: readonly { readonly input: { readonly file: { readonly key: string } } }[];
  readonly cursor?: string;
}

/** Each file has one execution, and that has completed. */
async function checkExecutions(
  caller: Caller,
  {
    workflowId,
    uploads,
    problems,
  }: { readonly workflowId: string; readonly uploads: number; readonly problems: Tally },
): Promise<void> {
  const query = `executions?system=transfer&scope=${workflowId}&status=succeeded&limit=200`;
  const files = new Set<string>();
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const page: Page = (await caller.get<Page>(cursor === '' ? query : `${query}&cursor=${cursor}`)).body;
    for (const { input } of page.executions) {
      if (files.has(input.file.key)) problems.count('a file with two executions');
      files.add(input.file.key);
    }
    cursor = page.cursor;
  }
  for (let missing = uploads - files.size; missing > 0; missing -= 1)
    problems.count('a file without an execution');
}

function rowsOf(results: readonly Uploads[]): Row[] {
  const row = (what: string, figure: keyof Uploads): Row => ({
    what,
    ours: results.map((result) => result[figure]),
  });
  return [
    row('200 SFTP sessions at once: logins per second', 'loginsPerSecond'),
    row('files of one byte from 200 sessions: uploads per second', 'uploadsPerSecond'),
    row('the same until all executions have ended, per second', 'executionsPerSecond'),
    row('upload and execution of a COPY: server CPU, ms', 'cpuEach'),
    row('upload: CPU of the load generator, ms', 'ownCpuEach'),
    row('server memory, MB', 'rssMb'),
    row('server memory at its most, MB', 'peakMb'),
  ];
}
