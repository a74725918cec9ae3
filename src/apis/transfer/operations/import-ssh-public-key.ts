import type { Call } from '../../api.ts';
import type { ImportSshPublicKeyRequest, ImportSshPublicKeyResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { newSshPublicKey, withSshPublicKey } from '../resources/ssh-public-keys.ts';
import { changeUser, findUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportSshPublicKey.html */
export function importSshPublicKey(
  transfer: Transfer,
  input: ImportSshPublicKeyRequest,
  call: Call,
): ImportSshPublicKeyResponse {
  const { ServerId: serverId, UserName: userName, SshPublicKeyBody: body } = input;
  findServer(transfer, call, serverId);
  const user = findUser(transfer, call, { serverId, userName });
  const key = newSshPublicKey(transfer, body);
  changeUser(transfer, call, withSshPublicKey(transfer, user, key));
  return { ServerId: serverId, SshPublicKeyId: key.id, UserName: userName };
}
