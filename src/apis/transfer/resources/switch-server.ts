import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Server } from './documents.ts';
import { changeServer, findServer } from './servers.ts';

/** Says whether a server should listen; again where it has been said before, so that a failed start is tried anew. */
export function switchServer(
  transfer: Transfer,
  { account, region }: World,
  { id, isStarted }: Pick<Server, 'id' | 'isStarted'>,
): void {
  const world = { account, region };
  const server = findServer(transfer, world, id);
  if (server.isStarted !== isStarted) changeServer(transfer, world, { ...server, isStarted });
  transfer.listeners.follow({ ...world, id });
}
