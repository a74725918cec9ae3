import { decryptOpenPgp } from '../../../openpgp/decrypt.ts';
import type { StepOutcome } from '../machine/work.ts';
import type { DecryptStepDetails } from '../model/types.gen.ts';
import { type Destination, destinationOf } from './destination.ts';
import { decryptedName } from './inferred.ts';
import { unlessPublished } from './own-publication.ts';
import { privateKeys } from './private-keys.ts';
import type { StepContext } from './step-context.ts';
import { badRequest } from './step-failure.ts';
import { bucketOf } from './storage-of.ts';
import { createTarget, openSource, piecesOf, writeTo } from './stream.ts';

/**
 * Decrypts as a stream; the file appears once all of it has proved to be intact.
 * https://docs.aws.amazon.com/transfer/latest/userguide/nominal-steps-workflow.html
 */
export async function decryptStep(context: StepContext, details: DecryptStepDetails): Promise<StepOutcome> {
  const destination = destinationOf(context.work, details.DestinationFileLocation, decryptedName);
  const overwrite = details.OverwriteExisting === 'TRUE';
  return unlessPublished(context, destination, () => decrypt(context, destination, { overwrite }));
}

async function decrypt(
  context: StepContext,
  destination: Destination,
  options: { readonly overwrite: boolean },
): Promise<StepOutcome> {
  const { work, signal, transfer } = context;
  if (work.source.kind === 'bucket' && destination.kind === 'bucket') {
    const [from, to] = [bucketOf(context, work.source.bucket), bucketOf(context, destination.bucket)];
    if (from.region !== to.region) throw badRequest('The buckets are in different Regions');
  }
  const source = await openSource(context);
  try {
    const keys = await privateKeys(context);
    const target = await createTarget(context, destination, options);
    const decrypting = { maxBytes: transfer.limits.decryptedBytes, signal, thread: transfer.decrypting };
    const plain = decryptOpenPgp(piecesOf(source, context), keys, decrypting);
    return await writeTo(target, plain, signal);
  } finally {
    await source.close();
  }
}
