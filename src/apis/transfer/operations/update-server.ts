import type { Call } from '../../api.ts';
import type { UpdateServerRequest, UpdateServerResponse } from '../model/types.gen.ts';
import { addHostKey, listHostKeys } from '../resources/host-keys.ts';
import { readHostKey, sealedHostKey } from '../resources/new-host-key.ts';
import { checkChange } from '../resources/server-rules.ts';
import { changedServer, checkWorkflows } from '../resources/server-settings.ts';
import { changeServer, findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_UpdateServer.html */
export function updateServer(
  transfer: Transfer,
  input: UpdateServerRequest,
  call: Call,
): UpdateServerResponse {
  const { ServerId: id, HostKey: hostKey } = input;
  const before = findServer(transfer, call, id);
  const after = changedServer(before, input);
  checkChange(before, after, transfer.listeners.stateOf(id));
  checkWorkflows(transfer, call, after);
  if (hostKey) useHostKey(transfer, { serverId: id, text: hostKey }, call);
  changeServer(transfer, call, after);
  transfer.listeners.follow({ account: call.account, region: call.region, id });
  return { ServerId: id };
}

/** The key joins those that are there; one that is there already may be given again. */
function useHostKey(transfer: Transfer, given: { serverId: string; text: string }, call: Call): void {
  const { serverId } = given;
  const key = readHostKey(given.text);
  const keys = listHostKeys(transfer, call, serverId);
  if (keys.some(({ fingerprint }) => fingerprint === key.fingerprint)) return;
  addHostKey(transfer, call, sealedHostKey(transfer, call, { serverId, key, tags: [] }));
}
