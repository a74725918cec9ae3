import type { Call } from '../../api.ts';
import type { UpdateUserRequest, UpdateUserResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { checkUser, mustManageUsers } from '../resources/user-rules.ts';
import { changedUser } from '../resources/user-settings.ts';
import { changeUser, findUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_UpdateUser.html */
export function updateUser(transfer: Transfer, input: UpdateUserRequest, call: Call): UpdateUserResponse {
  const { ServerId: serverId, UserName: userName } = input;
  const server = findServer(transfer, call, serverId);
  mustManageUsers(server);
  const user = changedUser(findUser(transfer, call, { serverId, userName }), input);
  checkUser(server, user);
  changeUser(transfer, call, user);
  return { ServerId: serverId, UserName: userName };
}
