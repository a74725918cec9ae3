import type { DomainInfo } from '../model/types.gen.ts';
import { domainArn } from '../names.ts';
import type { Domain } from '../resources/domains.ts';
import type { World } from '../world.ts';

/** A domain as lists and descriptions show it. */
export function domainInfo(world: World, domain: Domain): DomainInfo {
  return {
    name: domain.name,
    status: domain.status,
    ...(domain.description !== undefined && { description: domain.description }),
    arn: domainArn(world, domain.name),
  };
}
