import type { Call } from '../../api.ts';
import type { DeleteServerRequest } from '../model/types.gen.ts';
import { findServer, removeServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DeleteServer.html */
export function deleteServer(transfer: Transfer, { ServerId: id }: DeleteServerRequest, call: Call): void {
  findServer(transfer, call, id);
  removeServer(transfer, call, id);
  transfer.listeners.follow({ account: call.account, region: call.region, id });
}
