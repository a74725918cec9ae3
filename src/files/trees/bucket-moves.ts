import type { Bucket } from '../bucket.ts';
import { FilesError } from '../files-error.ts';
import { objectsUnder } from '../keys-under.ts';

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

/**
 * Renames an object: at once where the bucket can, else as a copy and a removal. Throws changed when it is written before it has been
 * copied; what is written later stays.
 */
export async function moveFile(bucket: Bucket, { from, to, replace }: Move): Promise<void> {
  if (bucket.move !== undefined) return bucket.move(from, to, { replace });
  const found = await bucket.find(from);
  if (found === undefined) throw new FilesError('not-found', `There is no such object: ${from}`);
  const { etag } = found;
  await bucket.copy({ bucket, key: from, etag }, to, { ifAbsent: !replace });
  await removeCopied(bucket, from, etag);
}

/** Renames all that is beneath a directory. Where it takes copies nothing is removed before all are there. */
export async function moveDirectory(bucket: Bucket, { from, to, replace }: Move): Promise<void> {
  if (`${to}/`.startsWith(`${from}/`)) {
    throw new FilesError('invalid', `A directory cannot be moved into itself: /${from}`);
  }
  const isTaken = (await bucket.find(to)) !== undefined || (await bucket.hasUnder(`${to}/`));
  // Of directories only an empty one could be replaced, and a client can remove that itself.
  if (isTaken) throw new FilesError('exists', `The name is taken: /${to}`);
  if (bucket.move !== undefined) return bucket.move(`${from}/`, `${to}/`, { replace });
  const copied = new Map<string, string | undefined>();
  for await (const { key, etag } of objectsUnder(bucket, `${from}/`)) {
    await bucket.copy({ bucket, key, etag }, to + key.slice(from.length));
    copied.set(key, etag);
  }
  for (const [key, etag] of copied) await removeCopied(bucket, key, etag);
}

/** What somebody has uploaded under the key since it was copied stays. */
async function removeCopied(bucket: Bucket, key: string, etag: string | undefined): Promise<void> {
  try {
    await bucket.remove({ key }, { etag });
  } catch (error) {
    if (!(error instanceof FilesError && error.reason === 'changed')) throw error;
  }
}
