import type { ObjectInfo, OpenedObject } from '../../bucket.ts';
import type { BucketFiles, FoundFile } from './bucket-files.ts';
import { NULL_VERSION } from './versions.ts';

export function openedInfo(files: BucketFiles, key: string, found: FoundFile): OpenedObject {
  const { size, modifiedAt, note } = found;
  const versionId = files.newVersionId === undefined ? undefined : (note?.versionId ?? NULL_VERSION);
  return {
    key,
    size,
    modifiedAt,
    etag: note?.etag,
    metadata: note?.metadata ?? {},
    ...(versionId !== undefined && { versionId }),
  };
}

export function objectInfo(
  files: BucketFiles,
  key: string,
  found: FoundFile & { readonly etag: string },
): ObjectInfo {
  return { ...openedInfo(files, key, found), etag: found.etag };
}
