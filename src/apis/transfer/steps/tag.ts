import type { Tag } from '../../../files/bucket.ts';
import { KeyedLock } from '../../../lib/keyed-lock.ts';
import type { StepOutcome } from '../machine/work.ts';
import type { TagStepDetails } from '../model/types.gen.ts';
import type { StepContext } from './step-context.ts';
import { badRequest } from './step-failure.ts';
import { bucketOf, unchangedObject } from './storage-of.ts';

/**
 * Sets tags of an object; others that it has stay. Two at once on one object come one after the other.
 * https://docs.aws.amazon.com/transfer/latest/userguide/nominal-steps-workflow.html
 */
export function tagStep(): (context: StepContext, details: TagStepDetails) => Promise<StepOutcome> {
  const turns = new KeyedLock();
  return async (context, { Tags: added = [] }) => {
    const { source } = context.work;
    // The sentence is the vendor's.
    if (source.kind === 'file-system') throw badRequest('Cannot tag Efs file');
    context.rights.onVersion(['PutObjectTagging', 'PutObjectVersionTagging'], source);
    const bucket = bucketOf(context, source.bucket);
    const release = await turns.take(`${source.bucket}/${source.key}`, context.signal);
    try {
      await unchangedObject(bucket, source);
      await bucket.putTags(source, merged(await bucket.getTags(source), added));
    } finally {
      release();
    }
    return {};
  };
}

function merged(before: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  return [...new Map([...before, ...added].map((tag) => [tag.Key, tag])).values()];
}
