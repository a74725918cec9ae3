import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { ObjectInfo } from '../../src/files/bucket.ts';
import { openStorage } from '../../src/files/open-storage.ts';
import { getBytes, keys, md5 } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { contentOf, KEYS } from './upload-plan.ts';

interface Acknowledged {
  readonly number: number;
  readonly versionId: string;
}

/** Kills the uploading process once it has acknowledged so many; gives those. */
async function uploadAndKill(folder: string, { first, count }: { first: number; count: number }) {
  const script = join(import.meta.dirname, 'upload-forever.ts');
  const child = spawn(process.execPath, [script, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface(child.stdout)) {
    // The last line may have been cut off.
    if (line.endsWith('}')) acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  assert.deepEqual(await exited, [null, 'SIGKILL']);
  return acknowledged;
}

test('what was acknowledged outlives a killed process, and nothing is half there', async (context) => {
  const { path: folder } = await makeTemporaryDirectory(context);
  mkdirSync(join(folder, 'landing'));
  const acknowledged: Acknowledged[] = [];
  for (const count of [3, 41, 17, 64]) {
    const first = Math.max(-1, ...acknowledged.map(({ number }) => number)) + 50;
    acknowledged.push(...(await uploadAndKill(folder, { first, count })));
    const storage = openStorage({
      ...{ buckets: { landing: { directory: join(folder, 'landing'), versioning: true } }, fileSystems: {} },
      ...{ data: join(folder, 'data'), region: 'eu-west-1', newId: randomUUID, now: () => 0 },
    });
    try {
      await storage.sweep();
      assert.deepEqual(readdirSync(join(folder, 'landing/.orrery/uploads')), []);
      const bucket = storage.bucket('landing');
      assert.ok(bucket !== undefined);
      for (const { number, versionId } of acknowledged) {
        const object = { key: `in/${number % KEYS}`, versionId };
        const info = await bucket.head(object);
        const content = contentOf(number);
        assert.deepEqual(
          [info?.etag, info?.metadata],
          [md5(content), { number: String(number) }],
          `upload ${number}`,
        );
        assert.equal(md5(await getBytes(bucket, object)), md5(content));
      }
      for (const key of await keys(bucket)) {
        const info: ObjectInfo | undefined = await bucket.head({ key });
        const number: number = Number(info?.metadata.number);
        assert.equal(md5(await getBytes(bucket, key)), md5(contentOf(number)), key);
      }
    } finally {
      await storage.close();
    }
  }
});
