import type { Call } from '../../api.ts';
import type { StartServerRequest } from '../model/types.gen.ts';
import { switchServer } from '../resources/switch-server.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_StartServer.html */
export function startServer(transfer: Transfer, { ServerId: id }: StartServerRequest, call: Call): void {
  switchServer(transfer, call, { id, isStarted: true });
}
