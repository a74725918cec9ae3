import type { Bucket, ObjectInfo } from '../../../files/bucket.ts';
import type { FileSystem, PosixUser } from '../../../files/file-system.ts';
import type { FileLocation } from '../upload.ts';
import type { StepContext } from './step-context.ts';
import { etagChanged, notFound } from './step-failure.ts';

export type ObjectLocation = Extract<FileLocation, { kind: 'bucket' }>;
export type PathLocation = Extract<FileLocation, { kind: 'file-system' }>;

/** Whoever has no identity of his own may what everybody may. */
const NOBODY = 65_534;

/** Throws NOT_FOUND. */
export function bucketOf({ transfer }: StepContext, name: string): Bucket {
  const bucket = transfer.storage.bucket(name);
  if (bucket === undefined) throw notFound(`There is no bucket ${name}`);
  return bucket;
}

/** Throws NOT_FOUND. */
export function fileSystemOf({ transfer }: StepContext, id: string): FileSystem {
  const fileSystem = transfer.storage.fileSystem(id);
  if (fileSystem === undefined) throw notFound(`There is no file system ${id}`);
  return fileSystem;
}

/** The object as it was when the step's source became known; throws NOT_FOUND when it is another by now. */
export async function unchangedObject(bucket: Bucket, source: ObjectLocation): Promise<ObjectInfo> {
  const info = await bucket.head(source);
  if (info === undefined) throw notFound(`There is no object ${source.key} in bucket ${bucket.name}`);
  if (info.etag !== source.etag) throw etagChanged();
  return info;
}

/** Whose files a step reads and writes. */
export function userOf({ work }: StepContext): PosixUser {
  const { Uid: uid = NOBODY, Gid: gid = NOBODY, SecondaryGids } = work.facts.upload.posixProfile ?? {};
  return { uid, gid, secondaryGids: SecondaryGids ?? [] };
}

/** As answers and later steps know an object. */
export function locationOf(bucket: Bucket, { key, etag, versionId }: ObjectInfo): FileLocation {
  return {
    kind: 'bucket',
    bucket: bucket.name,
    key,
    ...(versionId !== undefined && { versionId }),
    etag,
  };
}
