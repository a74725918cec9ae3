import type { VersionedRecord } from '../../../kernel/records.ts';
import { fault, unknownDomain } from '../faults.ts';
import { API } from '../names.ts';
import type { Swf } from '../swf.ts';
import type { World } from '../world.ts';

export type RegistrationStatus = 'REGISTERED' | 'DEPRECATED';

/** A registered domain as it is stored. */
export interface Domain {
  readonly name: string;
  readonly status: RegistrationStatus;
  readonly description?: string | undefined;
  /** Days as given at registration, or NONE. */
  readonly retention: string;
  readonly tags: Readonly<Record<string, string>>;
}

export function domainsOf({ account, region }: World): string {
  return `${API}/${account}/${region}`;
}

/** Registered or deprecated; throws UnknownResourceFault. */
export function findDomain(swf: Swf, world: World, name: string): VersionedRecord<Domain> {
  const record = swf.kernel.records.get<Domain>(domainsOf(world), name);
  if (record === undefined) throw unknownDomain(name);
  return record;
}

/** Throws UnknownResourceFault, or DomainDeprecatedFault. */
export function findActiveDomain(swf: Swf, world: World, name: string): Domain {
  const { document } = findDomain(swf, world, name);
  if (document.status === 'DEPRECATED') throw fault('DomainDeprecatedFault', name);
  return document;
}

/** Changes a domain that exists. */
export function updateDomain(swf: Swf, world: World, domain: Domain): void {
  const { id, version } = findDomain(swf, world, domain.name);
  swf.kernel.records.put(domainsOf(world), { id, version, document: domain });
}

/** NONE, like 0, keeps nothing. */
export function retentionDays({ retention }: Domain): number {
  return retention === 'NONE' ? 0 : Number(retention);
}
