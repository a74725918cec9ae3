import type { Call } from '../../api.ts';
import type { CreateServerRequest, CreateServerResponse } from '../model/types.gen.ts';
import { addHostKey } from '../resources/host-keys.ts';
import { generateHostKey, readHostKey, sealedHostKey } from '../resources/new-host-key.ts';
import { checkNewServer } from '../resources/server-rules.ts';
import { checkWorkflows, newServer } from '../resources/server-settings.ts';
import { addServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateServer.html */
export async function createServer(
  transfer: Transfer,
  input: CreateServerRequest,
  call: Call,
): Promise<CreateServerResponse> {
  const server = newServer(transfer, input);
  const { id } = server;
  checkNewServer(server);
  const key = input.HostKey ? readHostKey(input.HostKey) : await generateHostKey();
  const hostKey = sealedHostKey(transfer, call, { serverId: id, key, tags: [] });
  checkWorkflows(transfer, call, server);
  addServer(transfer, call, server);
  addHostKey(transfer, call, hostKey);
  transfer.listeners.follow({ account: call.account, region: call.region, id });
  return { ServerId: id };
}
