import { randomUUID } from 'node:crypto';
import { openStorage } from '../../src/files/open-storage.ts';
import { contentOf, KEYS } from './upload-plan.ts';

/** Uploads to the bucket in a data directory until it is killed, and prints the number of each upload that is there. */
const [data = '', first = '0'] = process.argv.slice(2);
const storage = openStorage({
  buckets: { landing: { directory: `${data}/landing`, versioning: true } },
  fileSystems: {},
  data: `${data}/data`,
  region: 'eu-west-1',
  newId: randomUUID,
  now: Date.now,
});
await storage.sweep();
const bucket = storage.bucket('landing');
let next = Number(first);

async function uploadForever(): Promise<void> {
  for (;;) {
    const number = next++;
    const writer = await bucket?.create(`in/${number % KEYS}`, { metadata: { number: String(number) } });
    const content = contentOf(number);
    for (let at = 0; at < content.length; at += 50_000) {
      await writer?.write(at, Buffer.from(content.subarray(at, at + 50_000)));
    }
    const info = await writer?.publish({ mark: `upload ${number}` });
    process.stdout.write(`${JSON.stringify({ number, versionId: info?.versionId })}\n`);
  }
}

await Promise.all([uploadForever(), uploadForever(), uploadForever()]);
