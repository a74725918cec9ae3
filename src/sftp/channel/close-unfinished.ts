import type { Handle, Handles } from './handles.ts';
import type { FailedRequest } from './requests.ts';

/** Closes what the client has left open. */
export async function closeUnfinished(
  handles: Handles,
  failed: (request: FailedRequest) => void,
): Promise<void> {
  await Promise.all(
    handles.takeAll().map(async (handle) => {
      try {
        await leave(handle);
      } catch (error) {
        failed({ operation: 'CLOSE', path: handle.path, error });
      }
    }),
  );
}

async function leave(handle: Handle): Promise<void> {
  if (handle.kind === 'file') await handle.file.close('broken');
  else await handle.pages.return?.();
}
