import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type TestContext, test } from 'node:test';
import { answeredCalls } from '../support/answering.ts';
import { answerStep } from '../support/function-calls.ts';
import { newPgpKey } from '../support/pgp-keys.ts';
import { SftpClient } from '../support/sftp-client.ts';
import { keyPair } from '../support/sftp-server.ts';
import { brief, eventually } from '../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import type { Line } from './transfer/ledger.ts';
import { ownExecutions } from './transfer/own.ts';
import { openPlace, PASSPHRASE, portOf, prepareWorld, type Up } from './transfer/world.ts';

/** By hand: `ORRERY_CRASH_MIB=1024`. */
const COPIED_MIB = Number(process.env.ORRERY_CRASH_MIB ?? 64);
const MIB = 1 << 20;

async function open(t: TestContext) {
  const { path, remove } = await makeTemporaryDirectory();
  const place = openPlace(path);
  let up = await place.start();
  t.after(async () => {
    await up.process.end('SIGKILL');
    up.client.destroy();
    await remove();
  });
  const lines = await prepareWorld(up, place.shelves, await newPgpKey('ecc', PASSPHRASE));
  return {
    place,
    lines,
    up: () => up,
    /** `meanwhile` happens while no server runs. */
    crash: async (meanwhile = (): void => {}) => {
      await up.process.end('SIGKILL');
      up.client.destroy();
      meanwhile();
      up = await place.start();
    },
  };
}

async function login(up: Up, line: Line): Promise<SftpClient> {
  const port = await portOf(up, line);
  const privateKey = keyPair('ed25519').private;
  return SftpClient.connect({ host: '127.0.0.1', port, username: 'alice', privateKey });
}

const outcomeOf = async ({ client, own }: Up, line: Line) => {
  const [record] = await ownExecutions(own, line);
  const query = { WorkflowId: line.workflowId, ExecutionId: record?.name };
  const { Execution: execution } = await client.describeExecution(query);
  const due = record?.waitingFor.find(({ kind }) => kind === 'function')?.due;
  return { due, status: execution?.Status, steps: brief(execution?.Results?.Steps) };
};

test('24: killed while a function is waited for', async (t) => {
  const { place, lines, up, crash } = await open(t);
  const session = await login(up(), lines.plain);
  await session.put('wait.txt', 'hello');
  const before = await eventually('the function is waited for', async () => {
    const outcome = await outcomeOf(up(), lines.plain);
    return outcome.due ? outcome : undefined;
  });
  assert.deepEqual([before.status, before.steps], ['IN_PROGRESS', ['COPY', 'TAG']]);
  const event = await eventually('the function is called', async () => answeredCalls(place.folder)[0]);
  await crash();
  assert.deepEqual(await outcomeOf(up(), lines.plain), before, 'with the time it was due');
  assert.equal(await answerStep(up().client, event, 'SUCCESS'), 200);
  const after = await eventually('it has ended', async () => {
    const outcome = await outcomeOf(up(), lines.plain);
    return outcome.status === 'IN_PROGRESS' ? undefined : outcome;
  });
  assert.deepEqual([after.status, after.steps], ['COMPLETED', ['COPY', 'TAG', 'CUSTOM', 'DELETE']]);
});

test('24: killed in the middle of copying a large file', async (t) => {
  const { place, lines, up, crash } = await open(t);
  const session = await login(up(), lines.plain);
  const piece = randomBytes(MIB);
  const handle = await session.open('large-ok.bin', 'w');
  const hash = createHash('md5');
  for (let at = 0; at < COPIED_MIB; at++) {
    await session.write(handle, piece, at * MIB);
    hash.update(piece);
  }
  const out = join(place.data, 'buckets/out');
  const uploads = join(out, '.orrery/uploads');
  const copying = whenFileAppears(t, out, uploads);
  await session.close(handle);
  await copying;
  await crash(() => {
    const isCopied = existsSync(join(out, 'plain/large-ok.bin'));
    t.diagnostic(`killed ${isCopied ? 'after' : 'in the middle of'} the copy; left: ${readdirSync(uploads)}`);
    // Which no later upload takes the name of.
    for (const folder of [uploads, uploads.replace('/out/', '/in/')])
      writeFileSync(join(folder, 'stray'), 'x');
  });
  const after = await eventually('it has ended', async () => {
    const outcome = await outcomeOf(up(), lines.plain);
    return outcome.status === 'IN_PROGRESS' ? undefined : outcome;
  });
  assert.deepEqual([after.status, after.steps], ['COMPLETED', ['COPY', 'TAG', 'CUSTOM', 'DELETE']]);
  assert.deepEqual(readdirSync(join(out, 'plain')), ['large-ok.bin']);
  const copied = createHash('md5');
  await pipeline(createReadStream(join(out, 'plain/large-ok.bin')), copied);
  assert.equal(copied.digest('hex'), hash.digest('hex'));
  for (const folder of [uploads, uploads.replace('/out/', '/in/')]) assert.deepEqual(readdirSync(folder), []);
});

/** Resolves once a temporary file lies in a folder that may not be there yet. */
function whenFileAppears(t: TestContext, bucket: string, uploads: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(bucket, { recursive: true }, () => {
    if (existsSync(uploads) && readdirSync(uploads).length > 0) resolve();
  });
  t.after(() => watcher.close());
  return promise;
}
