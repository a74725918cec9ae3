import type { Bucket } from '../bucket.ts';
import { FilesError } from '../files-error.ts';
import { keysUnder } from '../keys-under.ts';

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

/** Renames an object: at once where the bucket can, else as a copy and a removal. */
export async function moveFile(bucket: Bucket, { from, to, replace }: Move): Promise<void> {
  if (bucket.move !== undefined) return bucket.move(from, to, { replace });
  await bucket.copy({ bucket, key: from }, to, { ifAbsent: !replace });
  await bucket.remove({ key: from });
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
  for await (const key of keysUnder(bucket, `${from}/`)) {
    await bucket.copy({ bucket, key }, to + key.slice(from.length));
  }
  for await (const key of keysUnder(bucket, `${from}/`)) await bucket.remove({ key });
}
