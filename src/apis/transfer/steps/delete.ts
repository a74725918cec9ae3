import { FilesError } from '../../../files/files-error.ts';
import type { StepOutcome } from '../machine/work.ts';
import type { StepContext } from './step-context.ts';
import { bucketOf, fileSystemOf, type ObjectLocation, type PathLocation, userOf } from './storage-of.ts';

/** https://docs.aws.amazon.com/transfer/latest/userguide/nominal-steps-workflow.html */
export async function deleteStep(context: StepContext): Promise<StepOutcome> {
  const { source } = context.work;
  if (source.kind === 'bucket') await deleteObject(context, source);
  else await deleteFile(context, source);
  return {};
}

/** One that is not there is as good as deleted. */
async function deleteObject(context: StepContext, source: ObjectLocation): Promise<void> {
  context.rights.onVersion(['DeleteObject', 'DeleteObjectVersion'], source);
  await bucketOf(context, source.bucket).remove(source, { etag: source.etag });
}

async function deleteFile(context: StepContext, { fileSystemId, path }: PathLocation): Promise<void> {
  context.rights.onFileSystem('ClientWrite', fileSystemId);
  const fileSystem = fileSystemOf(context, fileSystemId);
  const user = userOf(context);
  const hasBegun = context.work.begunAt !== null;
  if (!hasBegun) await fileSystem.as(user).lstat(path);
  await context.begin();
  await fileSystem.remove(path, user).catch((error: unknown) => {
    // It was there when the step began; an earlier run has removed it.
    if (!(error instanceof FilesError && error.reason === 'not-found')) throw error;
  });
}
