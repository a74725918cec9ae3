import type { Call } from '../../api.ts';
import type { StopServerRequest } from '../model/types.gen.ts';
import { switchServer } from '../resources/switch-server.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_StopServer.html */
export function stopServer(transfer: Transfer, { ServerId: id }: StopServerRequest, call: Call): void {
  switchServer(transfer, call, { id, isStarted: false });
}
