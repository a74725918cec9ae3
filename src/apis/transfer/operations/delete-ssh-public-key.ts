import type { Call } from '../../api.ts';
import type { DeleteSshPublicKeyRequest } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import { withoutSshPublicKey } from '../resources/ssh-public-keys.ts';
import { changeUser, findUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DeleteSshPublicKey.html */
export function deleteSshPublicKey(transfer: Transfer, input: DeleteSshPublicKeyRequest, call: Call): void {
  const { ServerId: serverId, UserName: userName, SshPublicKeyId: keyId } = input;
  findServer(transfer, call, serverId);
  const user = findUser(transfer, call, { serverId, userName });
  changeUser(transfer, call, withoutSshPublicKey(user, keyId));
}
