import type { Call } from '../../api.ts';
import type { UpdateHostKeyRequest, UpdateHostKeyResponse } from '../model/types.gen.ts';
import { changeHostKey, findHostKey } from '../resources/host-keys.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_UpdateHostKey.html */
export function updateHostKey(
  transfer: Transfer,
  input: UpdateHostKeyRequest,
  call: Call,
): UpdateHostKeyResponse {
  const { ServerId: serverId, HostKeyId: hostKeyId, Description: description } = input;
  findServer(transfer, call, serverId);
  changeHostKey(transfer, call, { ...findHostKey(transfer, call, { serverId, hostKeyId }), description });
  return { ServerId: serverId, HostKeyId: hostKeyId };
}
