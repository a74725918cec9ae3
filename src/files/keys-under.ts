import type { Bucket, ListedObject } from './bucket.ts';

/** Every key that begins with the prefix, in order. */
export async function* keysUnder(bucket: Bucket, prefix: string): AsyncGenerator<string> {
  for await (const { key } of objectsUnder(bucket, prefix)) yield key;
}

/** Every object whose key begins with the prefix, in order. */
export async function* objectsUnder(bucket: Bucket, prefix: string): AsyncGenerator<ListedObject> {
  let after: string | undefined;
  do {
    const page = await bucket.list({ prefix, limit: 1000, ...(after !== undefined && { after }) });
    yield* page.objects;
    after = page.next;
  } while (after !== undefined);
}
