import { shardOf, shardOfId } from './ids.ts';
import type { Address, Identity } from './machine.ts';

/** Text that names the open execution of an address, wherever it is. */
export function nameKey({ api, scope, name }: Address): string {
  return `${api}|${scope}|${name}`;
}

/** The shard where executions of that name live; ids carry it too. */
export function shardOfName(address: Address): number {
  return shardOf(nameKey(address));
}

/** The shard of an address: an id names its own, everything else goes by name. */
export function shardOfAddress(address: Address): number {
  return (address.id === undefined ? undefined : shardOfId(address.id)) ?? shardOfName(address);
}

export function isSameName(identity: Identity, address: Address): boolean {
  return identity.name === address.name && identity.scope === address.scope && identity.api === address.api;
}
