import { alreadyExists, invalidRequest, unknown } from '../faults.ts';
import { newId } from '../names.ts';
import type { PublicBlob } from '../ssh-keys/public-blob.ts';
import { readPublicKey } from '../ssh-keys/public-key.ts';
import { SshKeyError } from '../ssh-keys/ssh-key-error.ts';
import type { Transfer } from '../transfer.ts';
import type { SshPublicKey, User } from './documents.ts';
import { SMALLEST_RSA_USER_KEY } from './inferred.ts';

/** A key of a user, from its text. Throws InvalidRequestException. */
export function newSshPublicKey({ clock }: Transfer, body: string): SshPublicKey {
  readUserKey(body);
  return { id: newId('key'), body: body.trim(), importedAt: clock.now() };
}

/** Throws ResourceExistsException for a key that the user has, or InvalidRequestException for one too many. */
export function withSshPublicKey({ limits }: Transfer, user: User, key: SshPublicKey): User {
  const { blob } = readUserKey(key.body);
  const same = user.SshPublicKeys.find(({ body }) => readUserKey(body).blob.equals(blob));
  if (same !== undefined) throw alreadyExists('SshPublicKey', same.id);
  const most = limits.sshKeys;
  if (user.SshPublicKeys.length >= most)
    throw invalidRequest(`The limit of ${most} SSH public keys of a user is reached`);
  return { ...user, SshPublicKeys: [...user.SshPublicKeys, key] };
}

/** Throws ResourceNotFoundException. */
export function withoutSshPublicKey(user: User, keyId: string): User {
  const kept = user.SshPublicKeys.filter(({ id }) => id !== keyId);
  if (kept.length === user.SshPublicKeys.length) throw unknown('SshPublicKey', keyId);
  return { ...user, SshPublicKeys: kept };
}

function readUserKey(body: string): PublicBlob {
  try {
    return readPublicKey(body, SMALLEST_RSA_USER_KEY);
  } catch (error) {
    if (!(error instanceof SshKeyError)) throw error;
    throw invalidRequest('Unsupported or invalid SSH public key format');
  }
}
