import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ExecutionRecord } from '../../src/server/admin/executions/execution-record.ts';
import { SftpClient } from '../support/sftp-client.ts';
import { keyPair } from '../support/sftp-server.ts';
import { eventually, sdkSteps } from '../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { remove as removeFile } from '../support/workflow-steps.ts';
import { whenReadiness } from './readiness.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { limitedFiles, mountedDisk, mountSmallDisk, type OpenDisk } from './small-disk.ts';
import type { Line } from './transfer/ledger.ts';
import { ownExecutions } from './transfer/own.ts';
import { connect, createLine, portOf, type Up } from './transfer/world.ts';

const FILE_SYSTEM = 'fs-0123456789abcdef0';
const PROFILE = { Uid: process.getuid?.() ?? 0, Gid: process.getgid?.() ?? 0 };
const STORAGES = {
  bucket: { domain: 'S3', home: { HomeDirectory: '/in' } },
  'file system': { domain: 'EFS', home: { HomeDirectory: `/${FILE_SYSTEM}`, PosixProfile: PROFILE } },
} as const;
const NOT_RECORDED = { code: 4, message: /workflow could not be started/ };
const FULL = { code: 4, message: /There is no space left: .*\/(first|short|long)\.bin/ };
type StorageName = keyof typeof STORAGES;

/** A configuration whose storage lies in a folder. */
function configure(folder: string, storage: string): readonly string[] {
  const places = { bucket: join(storage, 'in'), 'file system': join(storage, 'efs') };
  for (const directory of Object.values(places)) mkdirSync(directory);
  const config = join(folder, 'orrery.yaml');
  const buckets = { in: { directory: places.bucket } };
  const fileSystems = { [FILE_SYSTEM]: { directory: places['file system'] } };
  writeFileSync(config, JSON.stringify({ buckets, fileSystems }));
  return ['--config', config];
}

/** Uploads are removed again by their workflow. */
async function open(t: TestContext, process: ServerProcess, name: StorageName) {
  const up = connect(process);
  t.after(() => up.client.destroy());
  const line = await createLine(up.client, STORAGES[name], { Steps: sdkSteps([removeFile()]) });
  const session = await SftpClient.connect({
    host: '127.0.0.1',
    port: await portOf(up, line),
    username: 'alice',
    privateKey: keyPair('ed25519').private,
  });
  t.after(() => session.vanish());
  return { up, line, session };
}

const ended = ({ own }: Up, line: Line, count: number) =>
  eventually(`${count} executions have ended`, async () => {
    const found = await ownExecutions(own, line);
    return found.length === count && found.every(({ status }) => status === 'succeeded') ? found : undefined;
  });

for (const name of ['bucket', 'file system'] as const)
  test(`a ${name} whose disk is full says so, keeps nothing of the upload, and takes the next when there is space`, async (t) => {
    const disk = await mountSmallDisk(t);
    if (typeof disk === 'string') return t.skip(disk);
    const { path: folder, remove } = await makeTemporaryDirectory();
    const server = await startServer(join(folder, 'data'), [], configure(folder, disk.path));
    t.after(async () => {
      await server.end('SIGKILL');
      await remove();
    });
    const { up, line, session } = await open(t, server, name);
    const storage = join(disk.path, name === 'bucket' ? 'in' : 'efs');
    disk.fill();
    await assert.rejects(session.put('first.bin', 'hello'), FULL, 'nothing has been kept there yet');
    disk.empty();
    await session.put('first.bin', 'there is room now');
    await ended(up, line, 1);
    disk.fill();
    await assert.rejects(session.put('short.bin', Buffer.alloc(20_000)), FULL);
    const long = await session.open('long.bin', 'w');
    await assert.rejects(session.write(long, Buffer.alloc(3 << 20)), FULL);
    await assert.rejects(session.close(long), FULL, 'what has failed stays failed');
    assert.deepEqual(readdirSync(join(storage, '.orrery/uploads')), []);
    disk.empty();
    await session.put('short.bin', 'there is room again');
    await ended(up, line, 2);
    assert.equal(await server.end('SIGTERM'), 0);
  });

const KINDS: readonly (readonly [title: string, open: OpenDisk])[] = [
  ['is full', mountedDisk],
  ['lets no file grow', limitedFiles],
];

for (const [title, openDisk] of KINDS)
  test(`while the disk of the store ${title} no upload is acknowledged, and then they are again`, async (t) => {
    const disk = await openDisk(t);
    if (typeof disk === 'string') return t.skip(disk);
    const { path: folder, remove } = await makeTemporaryDirectory();
    const server = await disk.start(configure(folder, folder));
    t.after(async () => {
      await server.end('SIGKILL');
      await remove();
    });
    const { up, line, session } = await open(t, server, 'bucket');
    disk.fill(server);
    const acknowledged: string[] = [];
    await assert.rejects(putOn(session, acknowledged), NOT_RECORDED);
    const { status } = await whenReadiness(server.endpoint, false);
    assert.equal(status, 503);
    await assert.rejects(session.put('a.txt', 'hello'), NOT_RECORDED);
    disk.empty(server);
    assert.equal((await whenReadiness(server.endpoint, true)).status, 200);
    assert.deepEqual((await ended(up, line, acknowledged.length)).map(keyOf).sort(), acknowledged.sort());
    await session.put('a.txt', 'hello');
    await ended(up, line, acknowledged.length + 1);
    assert.equal(await server.end('SIGTERM'), 0);
  });

/** The write-ahead log may have room inside for a while; rejects with the first upload that is refused. */
async function putOn(session: SftpClient, acknowledged: string[]): Promise<void> {
  for (let number = 0; number < 1000; number += 1) {
    const name = `${number}.txt`;
    await session.put(name, 'hello');
    acknowledged.push(name);
  }
}

const keyOf = ({ input }: ExecutionRecord): string => (input as { file: { key: string } }).file.key;
