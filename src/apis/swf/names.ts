import type { World } from './world.ts';

/** The name under which the kernel knows this API. */
export const API = 'swf';

/** Names a domain among those of all accounts and regions; no part can hold a slash. */
export function scopeOf({ account, region }: World, domain: string): string {
  return `${account}/${region}/${domain}`;
}

/** The live service writes a colon before the path: `arn:aws:swf:us-east-1:123456789012:/domain/orders`. */
export function domainArn({ account, region }: World, domain: string): string {
  return `arn:aws:swf:${region}:${account}:/domain/${domain}`;
}

/** Resource under which access control knows a domain; policies are written for the form without the leading slash too. */
export function domainName(world: World, arn: string): string | undefined {
  const prefix = domainArn(world, '');
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : undefined;
}
