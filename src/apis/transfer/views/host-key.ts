import type { DescribedHostKey, ListedHostKey } from '../model/types.gen.ts';
import { arnOf } from '../names.ts';
import type { HostKey } from '../resources/documents.ts';
import type { World } from '../world.ts';
import { epochSeconds } from './times.ts';

export function describedHostKey(world: World, key: HostKey): DescribedHostKey {
  return {
    ...common(world, key),
    HostKeyFingerprint: key.fingerprint,
    Tags: key.Tags,
  };
}

export function listedHostKey(world: World, key: HostKey): ListedHostKey {
  return { ...common(world, key), Fingerprint: key.fingerprint };
}

function common(world: World, { id, serverId, description, type, importedAt }: HostKey) {
  return {
    Arn: arnOf(world, { kind: 'host-key', serverId, hostKeyId: id }),
    HostKeyId: id,
    ...(description !== undefined && { Description: description }),
    Type: type,
    DateImported: epochSeconds(importedAt),
  };
}
