import type { Call } from '../../api.ts';
import type { ListHostKeysRequest, ListHostKeysResponse } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { hostKeyKey, listHostKeys as hostKeysOf } from '../resources/host-keys.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { listedHostKey } from '../views/host-key.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListHostKeys.html */
export function listHostKeys(
  transfer: Transfer,
  input: ListHostKeysRequest,
  call: Call,
): ListHostKeysResponse {
  const { id } = findServer(transfer, call, input.ServerId);
  const query = queryOf('ListHostKeys', input, call);
  const list = { items: hostKeysOf(transfer, call, id), keyOf: hostKeyKey };
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { ServerId: id, HostKeys: items.map((key) => listedHostKey(call, key)), ...next };
}
