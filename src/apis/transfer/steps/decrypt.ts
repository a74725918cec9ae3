import { decryptOpenPgp } from '../../../openpgp/decrypt.ts';
import type { StepOutcome } from '../machine/work.ts';
import type { DecryptStepDetails } from '../model/types.gen.ts';
import { destinationOf } from './destination.ts';
import { decryptedName } from './inferred.ts';
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
  const { work, signal, transfer } = context;
  const destination = destinationOf(work, details.DestinationFileLocation, decryptedName);
  if (work.source.kind === 'bucket' && destination.kind === 'bucket') {
    const [from, to] = [bucketOf(context, work.source.bucket), bucketOf(context, destination.bucket)];
    if (from.region !== to.region) throw badRequest('The buckets are in different Regions');
  }
  const source = await openSource(context);
  try {
    const keys = await privateKeys(context);
    const overwrite = details.OverwriteExisting === 'TRUE';
    const target = await createTarget(context, destination, { overwrite });
    const options = { maxBytes: transfer.limits.decryptedBytes, signal, thread: transfer.decrypting };
    const plain = decryptOpenPgp(piecesOf(source, context), keys, options);
    return await writeTo(target, plain, signal);
  } finally {
    await source.close();
  }
}
