import type { Call } from '../../api.ts';
import type { ListUsersRequest, ListUsersResponse } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { findServer } from '../resources/servers.ts';
import { userKey, listUsers as usersOf } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';
import { listedUser } from '../views/user.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListUsers.html */
export function listUsers(transfer: Transfer, input: ListUsersRequest, call: Call): ListUsersResponse {
  const { id } = findServer(transfer, call, input.ServerId);
  const query = queryOf('ListUsers', input, call);
  const list = { items: usersOf(transfer, call, id), keyOf: userKey };
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { ServerId: id, Users: items.map((user) => listedUser(call, user)), ...next };
}
