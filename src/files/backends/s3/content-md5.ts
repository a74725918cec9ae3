import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';

type Body = string | Uint8Array;

interface Request {
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * Sends `Content-MD5` in place of the newer checksums where S3 prescribes one: every endpoint knows it, and older ones demand it.
 * An endpoint that demands it of other content too, as with object lock, is told it from then on.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/MD5_FALLBACK.md
 */
export function sendContentMd5({ middlewareStack }: S3Client): void {
  let isDemanded = false;
  middlewareStack.add(
    (next) => async (given) => {
      const { headers, body } = given.request as Request;
      if (!isWhole(body)) return next(given);
      if (removeChecksums(headers) || isDemanded) setMd5(headers, body);
      try {
        return await next(given);
      } catch (error) {
        if (!demandsMd5(error) || headers[HEADER] !== undefined) throw error;
        isDemanded = true;
        setMd5(headers, body);
        return next(given);
      }
    },
    // After what the SDK itself computes checksums with, and before the request is signed.
    { step: 'build', priority: 'low', name: 'sendContentMd5' },
  );
}

const HEADER = 'content-md5';
const CHECKSUM = /^x-amz-(sdk-)?checksum-/;

const isWhole = (body: unknown): body is Body => typeof body === 'string' || body instanceof Uint8Array;

function setMd5(headers: Record<string, string>, body: Body): void {
  headers[HEADER] = createHash('md5').update(body).digest('base64');
}

/** Whether there were any. */
function removeChecksums(headers: Record<string, string>): boolean {
  const names = Object.keys(headers).filter((name) => CHECKSUM.test(name.toLowerCase()));
  for (const name of names) delete headers[name];
  return names.length > 0;
}

const demandsMd5 = (error: unknown): boolean =>
  error instanceof Error && /content-?md5/i.test(`${error.name} ${error.message}`);
