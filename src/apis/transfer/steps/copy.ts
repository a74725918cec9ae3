import type { StepOutcome } from '../machine/work.ts';
import type { CopyStepDetails } from '../model/types.gen.ts';
import { type Destination, destinationOf, isSame } from './destination.ts';
import { unlessPublished } from './own-publication.ts';
import type { StepContext } from './step-context.ts';
import { badRequest, stepError } from './step-failure.ts';
import {
  bucketOf,
  fileSystemOf,
  locationOf,
  type ObjectLocation,
  type PathLocation,
  userOf,
} from './storage-of.ts';
import { createTarget, mustAllowWriting, openSource, piecesOf, writeTo } from './stream.ts';

/** https://docs.aws.amazon.com/transfer/latest/userguide/nominal-steps-workflow.html */
export async function copyStep(context: StepContext, details: CopyStepDetails): Promise<StepOutcome> {
  const { source } = context.work;
  const destination = destinationOf(context.work, details.DestinationFileLocation);
  const overwrite = details.OverwriteExisting === 'TRUE';
  if (isSame(source, destination)) throw ontoItself(overwrite);
  return unlessPublished(context, destination, async () => {
    if (source.kind === 'bucket' && destination.kind === 'bucket')
      return copyObject(context, { source, destination, overwrite });
    if (source.kind === 'file-system' && destination.kind === 'file-system')
      return copyFile(context, { source, destination, overwrite });
    throw badRequest('The destination must be on the same kind of storage as the source');
  });
}

interface Copying<Kind extends Destination['kind']> {
  readonly source: Kind extends 'bucket' ? ObjectLocation : PathLocation;
  readonly destination: Extract<Destination, { kind: Kind }>;
  readonly overwrite: boolean;
}

async function copyObject(
  context: StepContext,
  { source, destination, overwrite }: Copying<'bucket'>,
): Promise<StepOutcome> {
  const { rights, mark, signal } = context;
  rights.onVersion(['GetObject', 'GetObjectVersion'], source);
  mustAllowWriting(context, destination, overwrite);
  const from = bucketOf(context, source.bucket);
  const to = bucketOf(context, destination.bucket);
  if (from.region !== to.region) throw otherRegion();
  if (rights.areRestricted && (await from.getTags(source)).length > 0) {
    rights.onVersion(['GetObjectTagging', 'GetObjectVersionTagging'], source);
    rights.onObject('PutObjectTagging', destination);
  }
  const { key, versionId, etag } = source;
  const options = { ifAbsent: !overwrite, mark, signal };
  const copied = await to.copy({ bucket: from, key, versionId, etag }, destination.key, options);
  return { location: locationOf(to, copied), bytes: copied.size };
}

async function copyFile(
  context: StepContext,
  { source, destination, overwrite }: Copying<'file-system'>,
): Promise<StepOutcome> {
  const { rights, mark, signal } = context;
  const from = fileSystemOf(context, source.fileSystemId);
  const to = fileSystemOf(context, destination.fileSystemId);
  if (from !== to) {
    const opened = await openSource(context);
    try {
      const target = await createTarget(context, destination, { overwrite });
      return await writeTo(target, piecesOf(opened, context), signal);
    } finally {
      await opened.close();
    }
  }
  rights.onFileSystem('ClientMount', source.fileSystemId);
  rights.onFileSystem('ClientWrite', destination.fileSystemId);
  const options = { ifAbsent: !overwrite, mark, signal };
  const { size } = await to.copy(source.path, destination.path, userOf(context), options);
  return { location: destination, bytes: size };
}

/** What is there is the source itself; and storage refuses to copy an object upon itself. */
function ontoItself(overwrite: boolean): Error {
  return overwrite
    ? badRequest('A file cannot be copied onto itself')
    : stepError('ALREADY_EXISTS', 'The destination is the source');
}

/** The vendor passes on what its storage says. */
const otherRegion = (): Error =>
  badRequest('Bad Request (Service: Amazon S3; Status Code: 400; the buckets are in different Regions)');
