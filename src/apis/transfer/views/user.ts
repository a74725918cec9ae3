import type { DescribedUser, ListedUser } from '../model/types.gen.ts';
import { arnOf } from '../names.ts';
import type { User } from '../resources/documents.ts';
import type { World } from '../world.ts';
import { epochSeconds } from './times.ts';

export function describedUser(world: World, user: User): DescribedUser {
  const { serverId, createdAt: _created, SshPublicKeys: keys, ...set } = user;
  return {
    ...set,
    Arn: arnOf(world, { kind: 'user', serverId, userName: user.UserName }),
    SshPublicKeys: keys.map(({ id, body, importedAt }) => ({
      DateImported: epochSeconds(importedAt),
      SshPublicKeyBody: body,
      SshPublicKeyId: id,
    })),
  } as DescribedUser;
}

export function listedUser(world: World, user: User): ListedUser {
  const { serverId, UserName, HomeDirectory, HomeDirectoryType, Role, SshPublicKeys: keys } = user;
  return {
    Arn: arnOf(world, { kind: 'user', serverId, userName: UserName }),
    ...(HomeDirectory !== undefined && { HomeDirectory }),
    HomeDirectoryType,
    Role,
    SshPublicKeyCount: keys.length,
    UserName,
  };
}
