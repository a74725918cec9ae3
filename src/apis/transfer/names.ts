import { newSecret } from '../../kernel/ids.ts';
import type { World } from './world.ts';

/** The name under which the kernel knows this API. */
export const API = 'transfer';

const ID_DIGITS = 17;

/** For example `s-0123456789abcdef0`. */
export function newId(prefix: 's' | 'key' | 'hostkey'): string {
  return `${prefix}-${newSecret(9).toString('hex').slice(0, ID_DIGITS)}`;
}

/** What an ARN of this API names. */
export type ResourceName =
  | { readonly kind: 'server'; readonly serverId: string }
  | { readonly kind: 'user'; readonly serverId: string; readonly userName: string }
  | { readonly kind: 'host-key'; readonly serverId: string; readonly hostKeyId: string }
  | { readonly kind: 'workflow'; readonly workflowId: string };

/** For example `arn:aws:transfer:us-east-1:000000000000:user/s-0123456789abcdef0/alice`. */
export function arnOf({ account, region }: World, name: ResourceName): string {
  return `arn:aws:transfer:${region}:${account}:${pathOf(name)}`;
}

function pathOf(name: ResourceName): string {
  switch (name.kind) {
    case 'server':
      return `server/${name.serverId}`;
    case 'user':
      return `user/${name.serverId}/${name.userName}`;
    case 'host-key':
      return `host-key/${name.serverId}/${name.hostKeyId}`;
    case 'workflow':
      return `workflow/${name.workflowId}`;
    default:
      return name satisfies never;
  }
}

const ARN = /^arn:aws:transfer:([^:]*):([^:]*):([a-z-]+)\/([^/]+)(?:\/([^/]+))?$/;

/** Undefined for what is no such ARN, or one of another account or region. */
export function readArn({ account, region }: World, arn: string): ResourceName | undefined {
  const [, givenRegion, givenAccount, kind, first = '', second] = ARN.exec(arn) ?? [];
  if (givenRegion !== region || givenAccount !== account) return undefined;
  if (second === undefined) {
    if (kind === 'server') return { kind, serverId: first };
    return kind === 'workflow' ? { kind, workflowId: first } : undefined;
  }
  if (kind === 'user') return { kind, serverId: first, userName: second };
  return kind === 'host-key' ? { kind, serverId: first, hostKeyId: second } : undefined;
}
