import type { CreateUserRequest, UpdateUserRequest } from '../model/types.gen.ts';
import type { Transfer } from '../transfer.ts';
import type { User } from './documents.ts';
import { newSshPublicKey, withSshPublicKey } from './ssh-public-keys.ts';
import { newTags } from './tags.ts';

/** The user that a request describes, with the vendor's defaults; only its key and tags have been checked. */
export function newUser(transfer: Transfer, input: CreateUserRequest): User {
  const user: User = {
    serverId: input.ServerId,
    UserName: input.UserName,
    createdAt: transfer.creationTime('user'),
    Role: input.Role,
    HomeDirectory: input.HomeDirectory || undefined,
    HomeDirectoryType: input.HomeDirectoryType ?? 'PATH',
    HomeDirectoryMappings: input.HomeDirectoryMappings,
    Policy: input.Policy || undefined,
    PosixProfile: input.PosixProfile,
    SshPublicKeys: [],
    Tags: newTags(input.Tags),
  };
  const { SshPublicKeyBody: body } = input;
  return body ? withSshPublicKey(transfer, user, newSshPublicKey(transfer, body)) : user;
}

/** The user as it becomes by an update: what the request does not name stays, an empty text takes away. */
export function changedUser(before: User, input: UpdateUserRequest): User {
  const type = input.HomeDirectoryType ?? before.HomeDirectoryType;
  const keepsMappings = type === before.HomeDirectoryType;
  const { HomeDirectory: home, Policy: policy } = input;
  return {
    ...before,
    Role: input.Role ?? before.Role,
    HomeDirectory: home === undefined ? before.HomeDirectory : home || undefined,
    HomeDirectoryType: type,
    HomeDirectoryMappings:
      input.HomeDirectoryMappings ?? (keepsMappings ? before.HomeDirectoryMappings : undefined),
    Policy: policy === undefined ? before.Policy : policy || undefined,
    PosixProfile: input.PosixProfile ?? before.PosixProfile,
  };
}
