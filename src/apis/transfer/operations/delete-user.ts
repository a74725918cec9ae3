import type { Call } from '../../api.ts';
import type { DeleteUserRequest } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { removeUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DeleteUser.html */
export function deleteUser(
  transfer: Transfer,
  { ServerId: serverId, UserName: userName }: DeleteUserRequest,
  call: Call,
): void {
  findServer(transfer, call, serverId);
  removeUser(transfer, call, { serverId, userName });
}
