import type { Tag } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { checkTags } from '../../metadata.ts';
import { isKey, type Looking, notFound, type S3Objects } from './s3-objects.ts';

export async function getTagsS3({ endpoint, bucket }: S3Objects, looking: Looking): Promise<readonly Tag[]> {
  const { key, versionId, signal } = looking;
  if (!isKey(key)) throw notFound(key);
  const input = { Bucket: bucket, Key: key, VersionId: versionId };
  try {
    const { TagSet = [] } = await endpoint.call({ shown: key, signal }, (client, sdk, options) =>
      client.send(new sdk.GetObjectTaggingCommand(input), options),
    );
    return TagSet.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  } catch (error) {
    // An endpoint that knows no tags has none.
    if (error instanceof FilesError && error.reason === 'unsupported') return [];
    throw error;
  }
}

export async function putTagsS3(
  { endpoint, bucket }: S3Objects,
  { key, versionId }: Looking,
  tags: readonly Tag[],
): Promise<void> {
  checkTags(tags);
  if (!isKey(key)) throw notFound(key);
  const input = { Bucket: bucket, Key: key, VersionId: versionId, Tagging: { TagSet: [...tags] } };
  await endpoint.call({ shown: key }, (client, sdk) => client.send(new sdk.PutObjectTaggingCommand(input)));
}

/** Not every endpoint keeps the tags that an upload in parts began with. */
export async function keepTagsS3(objects: S3Objects, looking: Looking, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  try {
    const kept = await getTagsS3(objects, looking);
    if (kept.length === 0) await putTagsS3(objects, looking, tags);
  } catch (error) {
    // An endpoint that knows no tags keeps none; who may not look at them has given them all the same, with the upload.
    if (!(error instanceof FilesError) || !['unsupported', 'denied'].includes(error.reason)) throw error;
  }
}

/** As the header of what makes an object. */
export function taggingOf(tags: readonly Tag[] = []): string | undefined {
  if (tags.length === 0) return undefined;
  const pairs = tags.map(({ Key, Value }): [string, string] => [Key, Value]);
  // Not every endpoint takes a plus for a space here.
  return new URLSearchParams(pairs).toString().replaceAll('+', '%20');
}
