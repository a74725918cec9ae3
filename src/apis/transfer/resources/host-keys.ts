import { alreadyExists, invalidRequest, unknown } from '../faults.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { HostKey } from './documents.ts';
import { byCreation, creationKey, removeRecord, writeRecord } from './records.ts';

const hostKeysOf = ({ account, region }: World, serverId: string): string =>
  `transfer-host-keys/${account}/${region}/${serverId}`;

/** A host key of a server, by both ids. */
export interface HostKeyName {
  readonly serverId: string;
  readonly hostKeyId: string;
}

/** Throws ResourceNotFoundException. */
export function findHostKey({ kernel }: Transfer, world: World, name: HostKeyName): HostKey {
  const { serverId, hostKeyId } = name;
  const key = kernel.records.get<HostKey>(hostKeysOf(world, serverId), hostKeyId)?.document;
  if (key === undefined) throw unknown('HostKey', hostKeyId);
  return key;
}

/** Throws ResourceExistsException when the server has that very key, or InvalidRequestException when it has too many. */
export function addHostKey(transfer: Transfer, world: World, key: HostKey): void {
  const keys = listHostKeys(transfer, world, key.serverId);
  const same = keys.find(({ fingerprint }) => fingerprint === key.fingerprint);
  if (same !== undefined) throw alreadyExists('HostKey', same.id);
  const most = transfer.limits.hostKeys;
  if (keys.length >= most) throw invalidRequest(`The limit of ${most} host keys of a server is reached`);
  changeHostKey(transfer, world, key);
}

export function changeHostKey(transfer: Transfer, world: World, key: HostKey): void {
  writeRecord(transfer, hostKeysOf(world, key.serverId), { id: key.id, document: key });
}

/** Throws ResourceNotFoundException, or InvalidRequestException for the only one. */
export function removeHostKey(transfer: Transfer, world: World, name: HostKeyName): void {
  findHostKey(transfer, world, name);
  if (listHostKeys(transfer, world, name.serverId).length === 1) {
    throw invalidRequest('The only host key of a server cannot be deleted');
  }
  removeRecord(transfer, hostKeysOf(world, name.serverId), name.hostKeyId);
}

export function removeHostKeys(transfer: Transfer, world: World, serverId: string): void {
  for (const { id } of listHostKeys(transfer, world, serverId)) {
    removeRecord(transfer, hostKeysOf(world, serverId), id);
  }
}

/** In order of their import. */
export function listHostKeys({ kernel }: Transfer, world: World, serverId: string): readonly HostKey[] {
  return kernel.records
    .list<HostKey>(hostKeysOf(world, serverId))
    .map(({ document }) => document)
    .sort(byCreation(hostKeyKey));
}

export const hostKeyKey = ({ importedAt, id }: HostKey): string => creationKey(importedAt, id);
