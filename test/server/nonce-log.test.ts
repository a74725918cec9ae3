import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NonceLog } from '../../src/server/nonce-log.ts';
import type { UsedNonce } from '../../src/wire/signatures/alibaba.ts';
import { createFixedClock, type FixedClock } from '../support/fixed-clock.ts';
import { startOrrery } from '../support/orrery-process.ts';
import { formText, signV1 } from '../support/sign-alibaba.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

async function temporary(t: TestContext): Promise<string> {
  const { path } = await makeTemporaryDirectory(t);
  return path;
}

interface Opened {
  readonly nonces: NonceLog;
  readonly clock: FixedClock;
  readonly warnings: string[];
}

function open(directory: string, now = 1000): Opened {
  const warnings: string[] = [];
  const log = {
    info: () => {},
    error: () => {},
    warn: (_: object, text: string) => void warnings.push(text),
  };
  const clock = createFixedClock(now);
  return { nonces: new NonceLog({ directory, clock, log }), clock, warnings };
}

const used = (nonce: string, until = 5000): UsedNonce => ({ keyId: 'KEY', nonce, until });

test('what is used is there when it is opened again, but for what is over', async (t) => {
  const directory = await temporary(t);
  const { nonces } = open(directory);
  const all = [used('a'), used('é"\\\n '), used('over', 1500)];
  for (const nonce of all) nonces.add(nonce);
  await nonces.close();
  const again = open(directory, 2000).nonces;
  assert.deepEqual(again.restored, all.slice(0, 2));
  await again.close();
  assert.deepEqual(open(directory, 2000).nonces.restored, all.slice(0, 2));
});

test('it is written soon, without being closed', async (t) => {
  const directory = await temporary(t);
  const { nonces, clock } = open(directory);
  nonces.add(used('a'));
  nonces.add(used('b'));
  clock.advance(20);
  const file = join(directory, 'nonces');
  while (!(await readFile(file, 'utf8')).includes('"b"')) await new Promise(setImmediate);
  assert.deepEqual(open(directory).nonces.restored, [used('a'), used('b')]);
  await nonces.close();
});

test('a line that was not written whole costs no other', async (t) => {
  const directory = await temporary(t);
  const { nonces } = open(directory);
  nonces.add(used('a'));
  await nonces.close();
  const file = join(directory, 'nonces');
  await writeFile(file, '\n5000 KEY "ha', { flag: 'a' });
  const again = open(directory).nonces;
  again.add(used('b'));
  await again.close();
  assert.deepEqual(open(directory).nonces.restored, [used('a'), used('b')]);
});

test('of very many the latest are kept', async (t) => {
  const directory = await temporary(t);
  const { nonces, clock } = open(directory);
  for (let part = 0; part < 5; part++) {
    for (let at = 0; at < 100_000; at++) nonces.add(used(`${part}.${at}`));
    clock.advance(20);
  }
  await nonces.close();
  const { restored } = open(directory).nonces;
  assert.equal(restored.length, 300_000);
  assert.deepEqual([restored[0], restored.at(-1)], [used('2.0'), used('4.99999')]);
});

test('a disk that cannot be written stops nothing, and is told once', async (t) => {
  const directory = await temporary(t);
  await mkdir(join(directory, 'nonces.new'));
  const { nonces, clock, warnings } = open(directory);
  nonces.add(used('a'));
  clock.advance(20);
  await nonces.close();
  assert.deepEqual(warnings, ['used nonces cannot be written']);
  assert.deepEqual(open(directory).nonces.restored, [used('a')]);
});

test('a request that was taken is not taken again after a restart', async (t) => {
  const folder = await temporary(t);
  const key = { ORRERY_ACCESS_KEY_ID: 'LOCAL', ORRERY_SECRET_ACCESS_KEY: 'a-secret' };
  const signing = { id: 'LOCAL', secret: 'a-secret', time: Date.now() };
  const body = formText(signV1('POST', { Action: 'ListFlows', Version: '2019-03-15' }, signing));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const first = await startOrrery(t, { folder, environment: key });
  const send = async (endpoint: string): Promise<unknown> =>
    (await (await fetch(endpoint, { method: 'POST', headers, body })).json()) as unknown;
  assert.partialDeepStrictEqual(await send(first.endpoint), { Flows: [] });
  await first.stop();
  const second = await startOrrery(t, { folder, environment: key });
  assert.partialDeepStrictEqual(await send(second.endpoint), { Code: 'SignatureNonceUsed' });
});
