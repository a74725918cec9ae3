import type { DescribedServer, ListedServer, Tag } from '../model/types.gen.ts';
import { arnOf } from '../names.ts';
import type { Server } from '../resources/documents.ts';
import { listHostKeys } from '../resources/host-keys.ts';
import { AUTHENTICATION_DEFAULT, PROTOCOL_DEFAULTS, shownFingerprint } from '../resources/inferred.ts';
import { LISTEN_TAG, withoutTags } from '../resources/tags.ts';
import { countUsers } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';

/** What was set, with what has become of it. */
export function describedServer(transfer: Transfer, world: World, server: Server): DescribedServer {
  const { id, createdAt: _created, isStarted: _started, ...set } = server;
  const fingerprint = shownFingerprint(listHostKeys(transfer, world, id));
  return {
    ...set,
    Arn: arnOf(world, { kind: 'server', serverId: id }),
    ...(set.IdentityProviderDetails && {
      IdentityProviderDetails: { ...AUTHENTICATION_DEFAULT, ...set.IdentityProviderDetails },
    }),
    ProtocolDetails: { ...PROTOCOL_DEFAULTS, ...set.ProtocolDetails },
    ...(set.Domain === 'S3' && {
      S3StorageOptions: { DirectoryListingOptimization: 'DISABLED', ...set.S3StorageOptions },
    }),
    ...(fingerprint !== undefined && { HostKeyFingerprint: fingerprint }),
    ServerId: id,
    State: transfer.listeners.stateOf(id),
    Tags: shownServerTags(transfer, server),
    UserCount: countUsers(transfer, world, id),
  } as DescribedServer;
}

/** Where the server listens is among its tags, be it what its client has asked for or not. */
export function shownServerTags({ listeners }: Transfer, { id, Tags: tags }: Server): readonly Tag[] {
  const address = listeners.addressOf(id);
  if (address === undefined) return tags;
  return [...withoutTags(tags, [LISTEN_TAG]), { Key: LISTEN_TAG, Value: address }];
}

export function listedServer(transfer: Transfer, world: World, server: Server): ListedServer {
  const { id, Domain, IdentityProviderType, EndpointType, LoggingRole } = server;
  return {
    Arn: arnOf(world, { kind: 'server', serverId: id }),
    Domain,
    IdentityProviderType,
    EndpointType,
    ...(LoggingRole !== undefined && { LoggingRole }),
    ServerId: id,
    State: transfer.listeners.stateOf(id),
    UserCount: countUsers(transfer, world, id),
  };
}
