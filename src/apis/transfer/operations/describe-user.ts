import type { Call } from '../../api.ts';
import type { DescribeUserRequest, DescribeUserResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { findUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';
import { describedUser } from '../views/user.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeUser.html */
export function describeUser(
  transfer: Transfer,
  { ServerId: serverId, UserName: userName }: DescribeUserRequest,
  call: Call,
): DescribeUserResponse {
  findServer(transfer, call, serverId);
  const user = findUser(transfer, call, { serverId, userName });
  return { ServerId: serverId, User: describedUser(call, user) };
}
