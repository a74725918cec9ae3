import type { Call } from '../../api.ts';
import type { DescribeHostKeyRequest, DescribeHostKeyResponse } from '../model/types.gen.ts';
import { findHostKey } from '../resources/host-keys.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { describedHostKey } from '../views/host-key.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeHostKey.html */
export function describeHostKey(
  transfer: Transfer,
  { ServerId: serverId, HostKeyId: hostKeyId }: DescribeHostKeyRequest,
  call: Call,
): DescribeHostKeyResponse {
  findServer(transfer, call, serverId);
  return { HostKey: describedHostKey(call, findHostKey(transfer, call, { serverId, hostKeyId })) };
}
