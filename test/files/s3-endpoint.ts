import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { S3Bucket } from '../../src/files/backends/s3/s3-bucket.ts';
import { ACCESS_KEY, type Fault, type S3Server, startS3Server } from '../support/s3/s3-server.ts';

export const MEGABYTE = 1 << 20;

type Opening = Partial<typeof ACCESS_KEY & { copyBytes: number; isLikeCeph: boolean }>;

/** An endpoint with one bucket, `landing`. */
export async function openEndpoint(context: TestContext, { isLikeCeph = false, ...more }: Opening = {}) {
  const server = await startS3Server(['landing'], { isLikeCeph });
  const bucket = new S3Bucket({
    ...{
      name: 'landing',
      bucket: 'landing',
      endpoint: server.url,
      region: 'eu-west-1',
      forcePathStyle: true,
    },
    ...{ ...ACCESS_KEY, versioning: false, newId: randomUUID, now: () => 0, ...more },
  });
  context.after(async () => {
    await bucket.close();
    await server.close();
  });
  return { server, bucket };
}

/** Goes wrong with the first requests that fit, so many times. */
export function failing(
  server: S3Server,
  fits: RegExp,
  { times, fault }: { times: number; fault: Fault },
): void {
  let left = times;
  server.fault = ({ method, key, query }) => {
    if (left === 0 || !fits.test(`${method} ${key} ${[...query.keys()].join(' ')}`)) return undefined;
    left -= 1;
    return fault;
  };
}
