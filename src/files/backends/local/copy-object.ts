import { closeSync } from 'node:fs';
import type { ObjectInfo, PublishOptions } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { cloneFile } from '../clone-file.ts';
import { FileUpload } from '../file-upload.ts';
import { fsFailure } from '../fs-failure.ts';
import type { BucketFiles, OpenedFile } from './bucket-files.ts';
import { publishObject } from './publish-object.ts';

export interface Copying {
  readonly key: string;
  /** Files that the source is one of, and the source, opened. */
  readonly source: BucketFiles;
  readonly from: OpenedFile;
  /** What the source must be. */
  readonly etag: string | undefined;
  readonly options: PublishOptions | undefined;
}

/** Copies a file of this or another directory bucket without reading it here. Closes the source. */
export async function copyObject(files: BucketFiles, copying: Copying): Promise<ObjectInfo> {
  const { key, source, from, options } = copying;
  const upload = new FileUpload(files.own, { shown: key, isTagged: true });
  try {
    const etag = await source.etagOf(from);
    if (copying.etag !== undefined && copying.etag !== etag) throw new FilesError('changed', CHANGED + key);
    await upload.fill(etag, (path) => clone(path, etag, copying));
    const { metadata, tags } = from.note ?? {};
    return await publishObject(files, { key, upload, about: { metadata, tags }, options });
  } catch (error) {
    await upload.end();
    options?.signal?.throwIfAborted();
    throw fsFailure(error, key);
  } finally {
    closeSync(from.fd);
  }
}

const CHANGED = 'The object is not what it was: ';

/** The copy is of one content, or none. */
async function clone(path: string, etag: string, { source, from, key, options }: Copying): Promise<void> {
  await cloneFile(path, { from, size: from.size, signal: options?.signal });
  if (!source.hasStill(from, etag)) throw new FilesError('changed', CHANGED + key);
}
