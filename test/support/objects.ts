import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type {
  Bucket,
  CreateOptions,
  ListQuery,
  ObjectAddress,
  ObjectInfo,
  PublishOptions,
} from '../../src/files/bucket.ts';
import { FilesError, type FilesReason } from '../../src/files/files-error.ts';

export const md5 = (content: string | Uint8Array): string => createHash('md5').update(content).digest('hex');

export async function put(
  bucket: Bucket,
  key: string,
  content: string | Uint8Array,
  options: CreateOptions & PublishOptions = {},
): Promise<ObjectInfo> {
  const writer = await bucket.create(key, options);
  await writer.write(0, Buffer.from(content));
  return writer.publish(options);
}

export async function get(bucket: Bucket, object: ObjectAddress | string): Promise<string> {
  return (await getBytes(bucket, object)).toString();
}

export async function getBytes(bucket: Bucket, object: ObjectAddress | string): Promise<Buffer> {
  const reader = await bucket.open(typeof object === 'string' ? { key: object } : object);
  try {
    const pieces: Uint8Array[] = [];
    for (let position = 0; ; ) {
      const bytes = await reader.read(position, 1 << 20);
      if (bytes.length === 0) return Buffer.concat(pieces);
      pieces.push(bytes);
      position += bytes.length;
    }
  } finally {
    await reader.close();
  }
}

/** Without the time, which is the backend's to say. */
export function timeless<T extends { readonly modifiedAt: number }>(
  info: T | undefined,
): Partial<T> | undefined {
  return info && { ...info, modifiedAt: undefined };
}

/** Keys and prefixes of all pages, those of one page in one list. */
export async function pages(bucket: Bucket, query: Partial<ListQuery> = {}): Promise<string[][]> {
  const found: string[][] = [];
  let after = query.after;
  do {
    const page = await bucket.list({
      prefix: '',
      limit: 1000,
      ...query,
      ...(after !== undefined && { after }),
    });
    found.push([...page.objects.map(({ key }) => key), ...page.prefixes]);
    after = page.next;
  } while (after !== undefined);
  return found;
}

export const keys = async (bucket: Bucket, query: Partial<ListQuery> = {}): Promise<string[]> =>
  (await pages(bucket, query)).flat();

/** Passes when it fails with this reason. */
export async function rejects(outcome: Promise<unknown>, reason: FilesReason): Promise<void> {
  await assert.rejects(outcome, (error) => {
    assert.ok(error instanceof FilesError, `${error}`);
    assert.equal(error.reason, reason, error.message);
    return true;
  });
}
