import { fault } from '../faults.ts';
import type { ResourceTag } from '../model/types.gen.ts';
import { domainName } from '../names.ts';
import type { Swf } from '../swf.ts';
import type { World } from '../world.ts';
import { type Domain, findDomain } from './domains.ts';

/** The domain that a resource ARN names; throws UnknownResourceFault. */
export function taggedDomain(swf: Swf, world: World, resourceArn: string): Domain {
  const name = domainName(world, resourceArn);
  if (name === undefined) throw fault('UnknownResourceFault', `Unknown resource: ${resourceArn}`);
  return findDomain(swf, world, name).document;
}

/** A key that is there already gets the new value; throws TooManyTagsFault. */
export function mergeTags(
  tags: Domain['tags'],
  added: readonly ResourceTag[],
  most: number,
): Readonly<Record<string, string>> {
  const merged = { ...tags, ...Object.fromEntries(added.map(({ key, value }) => [key, value ?? ''])) };
  if (Object.keys(merged).length > most) {
    throw fault('TooManyTagsFault', `A domain can have ${most} tags at the most.`);
  }
  return merged;
}
