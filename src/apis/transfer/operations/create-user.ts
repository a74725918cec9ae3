import type { Call } from '../../api.ts';
import type { CreateUserRequest, CreateUserResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { checkUser, mustManageUsers } from '../resources/user-rules.ts';
import { newUser } from '../resources/user-settings.ts';
import { addUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateUser.html */
export function createUser(transfer: Transfer, input: CreateUserRequest, call: Call): CreateUserResponse {
  const server = findServer(transfer, call, input.ServerId);
  mustManageUsers(server);
  const user = newUser(transfer, input);
  checkUser(server, user);
  addUser(transfer, call, user);
  return { ServerId: server.id, UserName: user.UserName };
}
