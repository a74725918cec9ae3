import type { Bucket, CopySource, ObjectInfo, ObjectReader, ObjectWriter, PublishOptions } from './bucket.ts';
import { FilesError } from './files-error.ts';

const PIECE = 1 << 20;

export interface CopyTarget {
  readonly bucket: Bucket;
  readonly key: string;
  readonly options: PublishOptions | undefined;
}

/** Copies content, metadata and tags through this process, from any backend to any other. */
export async function copyAcross(
  from: CopySource,
  { bucket, key, options }: CopyTarget,
): Promise<ObjectInfo> {
  const reader = await from.bucket.open(from, { etag: from.etag });
  try {
    const { metadata, versionId } = reader.info;
    const tags = await from.bucket.getTags({ key: from.key, versionId: from.versionId ?? versionId });
    const writer = await bucket.create(key, {
      metadata,
      tags,
      ...(options?.mark !== undefined && { mark: options.mark }),
    });
    try {
      await pump(reader, writer, options?.signal);
      return await writer.publish(options);
    } catch (error) {
      await writer.abort();
      throw error;
    }
  } finally {
    await reader.close();
  }
}

export async function pump(
  reader: ObjectReader,
  writer: Pick<ObjectWriter, 'write'>,
  signal?: AbortSignal,
): Promise<void> {
  const { info } = reader;
  const room = Buffer.allocUnsafeSlow(Math.min(PIECE, info.size));
  for (let position = 0; position < info.size; ) {
    signal?.throwIfAborted();
    const bytes = await reader.read(position, room.length, room);
    if (bytes.length === 0) throw new FilesError('changed', `The object became shorter: ${info.key}`);
    await writer.write(position, bytes);
    position += bytes.length;
  }
}
