import type { Call } from '../../api.ts';
import type { DeleteHostKeyRequest } from '../model/types.gen.ts';
import { removeHostKey } from '../resources/host-keys.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DeleteHostKey.html */
export function deleteHostKey(
  transfer: Transfer,
  { ServerId: serverId, HostKeyId: hostKeyId }: DeleteHostKeyRequest,
  call: Call,
): void {
  findServer(transfer, call, serverId);
  removeHostKey(transfer, call, { serverId, hostKeyId });
  transfer.listeners.follow({ account: call.account, region: call.region, id: serverId });
}
