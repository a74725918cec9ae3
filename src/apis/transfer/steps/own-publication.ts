import type { StepOutcome } from '../machine/work.ts';
import type { Destination } from './destination.ts';
import type { StepContext } from './step-context.ts';
import { failureOf } from './step-failure.ts';
import { bucketOf, fileSystemOf, locationOf, userOf } from './storage-of.ts';

/**
 * Does what publishes a file. Where that is refused, though the file is there with the mark of this very step, the step was
 * done before a crash and only its record is missing: whatever has become of its source or its rights since, it has succeeded.
 */
export async function unlessPublished(
  context: StepContext,
  destination: Destination,
  publish: () => Promise<StepOutcome>,
): Promise<StepOutcome> {
  try {
    return await publish();
  } catch (error) {
    if (context.signal.aborted || failureOf(error).isTransient) throw error;
    // Why the step was refused counts, not that the destination cannot be looked at either.
    const earlier = await earlierPublication(context, destination).catch(() => undefined);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

async function earlierPublication(
  context: StepContext,
  destination: Destination,
): Promise<StepOutcome | undefined> {
  const { mark } = context;
  if (destination.kind === 'bucket') {
    const bucket = bucketOf(context, destination.bucket);
    const found = await bucket.published(destination.key, mark);
    return found && { location: locationOf(bucket, found), bytes: found.size };
  }
  const fileSystem = fileSystemOf(context, destination.fileSystemId);
  const found = await fileSystem.published(destination.path, mark, userOf(context));
  return found && { location: destination, bytes: found.size };
}
