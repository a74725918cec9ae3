import { PublicError } from '../../../files/files-error.ts';
import type { WrittenFile } from '../../../files/trees/written-file.ts';
import { Unavailable } from '../../../kernel/errors.ts';
import type { Server } from '../resources/documents.ts';
import { lookUpServer } from '../resources/servers.ts';
import { startUploadExecution } from '../start-execution.ts';
import type { Transfer } from '../transfer.ts';
import type { Upload } from '../upload.ts';
import type { Session } from './session-user.ts';

/**
 * Starts the workflow that the server has for what a client has written. Rejects when that cannot be made durable: then
 * the client must not believe that its file was taken.
 */
export async function takeUpload(
  transfer: Transfer,
  { account, region, serverId, id, sourceIp, user }: Session,
  { file, startedAt }: { readonly file: WrittenFile; readonly startedAt: number },
): Promise<void> {
  const { how, size, checksum, location } = file;
  const world = { account, region };
  const server = lookUpServer(transfer, world, serverId);
  if (server === undefined || size === 0) return;
  await startDurably(transfer, server, {
    world,
    serverId,
    userName: user.userName,
    sessionId: id,
    sourceIp,
    file: location,
    size,
    checksum,
    startedAt,
    endedAt: transfer.clock.now(),
    isPartial: how === 'broken',
    posixProfile: user.posixProfile,
  });
}

async function startDurably(transfer: Transfer, server: Server, upload: Upload): Promise<void> {
  try {
    startUploadExecution(transfer, server, upload);
    await transfer.kernel.durable();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new PublicError('unavailable', 'The file is there, but its workflow could not be started', {
      cause: error,
    });
  }
}
