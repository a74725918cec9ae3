import type { Call } from '../../api.ts';
import type { DescribeServerRequest, DescribeServerResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { describedServer } from '../views/server.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeServer.html */
export function describeServer(
  transfer: Transfer,
  { ServerId: id }: DescribeServerRequest,
  call: Call,
): DescribeServerResponse {
  return { Server: describedServer(transfer, call, findServer(transfer, call, id)) };
}
