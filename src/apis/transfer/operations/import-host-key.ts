import type { Call } from '../../api.ts';
import type { ImportHostKeyRequest, ImportHostKeyResponse } from '../model/types.gen.ts';
import { addHostKey } from '../resources/host-keys.ts';
import { readHostKey, sealedHostKey } from '../resources/new-host-key.ts';
import { findServer } from '../resources/servers.ts';
import { newTags } from '../resources/tags.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportHostKey.html */
export function importHostKey(
  transfer: Transfer,
  input: ImportHostKeyRequest,
  call: Call,
): ImportHostKeyResponse {
  const { id: serverId } = findServer(transfer, call, input.ServerId);
  const key = sealedHostKey(transfer, call, {
    serverId,
    key: readHostKey(input.HostKeyBody),
    description: input.Description,
    tags: newTags(input.Tags),
  });
  addHostKey(transfer, call, key);
  transfer.listeners.follow({ account: call.account, region: call.region, id: serverId });
  return { ServerId: serverId, HostKeyId: key.id };
}
