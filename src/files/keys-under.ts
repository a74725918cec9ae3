import type { Bucket } from './bucket.ts';

/** Every key that begins with the prefix, in order. */
export async function* keysUnder(bucket: Bucket, prefix: string): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const page = await bucket.list({ prefix, limit: 1000, ...(after !== undefined && { after }) });
    for (const { key } of page.objects) yield key;
    after = page.next;
  } while (after !== undefined);
}
