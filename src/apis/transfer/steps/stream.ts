import type { FileLocation } from '../upload.ts';
import type { Destination } from './destination.ts';
import type { StepContext } from './step-context.ts';
import { bucketOf, fileSystemOf, locationOf, userOf } from './storage-of.ts';

const PIECE_BYTES = 1 << 20;

/** The file that a step works on, open. */
export interface Source {
  readonly size: number;
  /** Puts the bytes into `room`, of at least `length`, where it can. */
  readonly read: (position: number, length: number, room: Uint8Array) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** A file that a step makes: nothing of it is to be seen before it is published. */
export interface Target {
  readonly write: (position: number, bytes: Uint8Array) => Promise<void> | undefined;
  readonly publish: () => Promise<FileLocation>;
  readonly abort: () => Promise<void>;
}

/** Throws NOT_FOUND, also where it is another file by now, and PERMISSION_DENIED. */
export async function openSource(context: StepContext): Promise<Source> {
  const { source } = context.work;
  if (source.kind === 'file-system') {
    context.rights.onFileSystem('ClientMount', source.fileSystemId);
    const reader = await fileSystemOf(context, source.fileSystemId).open(source.path, userOf(context));
    return {
      size: reader.stat.size,
      read: (position, length) => reader.read(position, length),
      close: () => reader.close(),
    };
  }
  context.rights.onVersion(['GetObject', 'GetObjectVersion'], source);
  const reader = await bucketOf(context, source.bucket).open(source, { etag: source.etag });
  return {
    size: reader.info.size,
    read: (position, length, room) => reader.read(position, length, room),
    close: () => reader.close(),
  };
}

/** Throws PERMISSION_DENIED; `publish` throws ALREADY_EXISTS unless it may overwrite. */
export async function createTarget(
  context: StepContext,
  destination: Destination,
  { overwrite }: { readonly overwrite: boolean },
): Promise<Target> {
  const options = { ifAbsent: !overwrite, mark: context.mark, signal: context.signal };
  if (destination.kind === 'file-system') {
    const { fileSystemId, path } = destination;
    context.rights.onFileSystem('ClientWrite', fileSystemId);
    const writer = await fileSystemOf(context, fileSystemId).create(path, userOf(context));
    return {
      write: (position, bytes) => writer.write(position, bytes),
      publish: async () => {
        await writer.publish(options);
        return destination;
      },
      abort: () => writer.abort(),
    };
  }
  mustAllowWriting(context, destination, overwrite);
  const bucket = bucketOf(context, destination.bucket);
  const writer = await bucket.create(destination.key, { metadata: writtenBy(context), mark: context.mark });
  return {
    write: (position, bytes) => writer.write(position, bytes),
    publish: async () => locationOf(bucket, await writer.publish(options)),
    abort: () => writer.abort(),
  };
}

export function mustAllowWriting(
  { rights }: StepContext,
  destination: Extract<Destination, { kind: 'bucket' }>,
  overwrite: boolean,
): void {
  rights.onObject('PutObject', destination);
  if (!overwrite) rights.onListing(destination);
}

/** The content of a source, piece by piece; the memory of each is used again for the next. */
export async function* piecesOf(
  source: Source,
  { signal, progress }: Pick<StepContext, 'signal' | 'progress'>,
): AsyncGenerator<Uint8Array> {
  const room = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, source.size));
  for (let position = 0; position < source.size; ) {
    signal.throwIfAborted();
    const bytes = await source.read(position, Math.min(room.length, source.size - position), room);
    if (bytes.length === 0) return;
    position += bytes.length;
    yield bytes;
    progress(position, source.size);
  }
}

/** Writes all of it and publishes it; leaves nothing behind when that fails. Gives what was written. */
export async function writeTo(
  target: Target,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<{ readonly location: FileLocation; readonly bytes: number }> {
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      signal.throwIfAborted();
      const { length } = piece;
      const writing = target.write(bytes, piece);
      bytes += length;
      await writing;
    }
    signal.throwIfAborted();
    return { location: await target.publish(), bytes };
  } catch (error) {
    // Why it failed counts, not that nobody is there to hear of it.
    await target.abort().catch(() => undefined);
    throw error;
  }
}

/** As everything has that the vendor's service writes. */
function writtenBy({ work }: StepContext): Readonly<Record<string, string>> {
  const { userName, serverId } = work.facts.upload;
  return { 'user-agent': 'AWSTransfer', 'user-agent-id': `${userName}@${serverId}` };
}
