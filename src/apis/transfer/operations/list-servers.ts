import type { Call } from '../../api.ts';
import type { ListServersRequest, ListServersResponse } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { serverKey, listServers as serversOf } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { listedServer } from '../views/server.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListServers.html */
export function listServers(transfer: Transfer, input: ListServersRequest, call: Call): ListServersResponse {
  const query = queryOf('ListServers', input, call);
  const list = { items: serversOf(transfer, call), keyOf: serverKey };
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { Servers: items.map((server) => listedServer(transfer, call, server)), ...next };
}
