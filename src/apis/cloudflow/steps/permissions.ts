import type { Permission } from '../../api.ts';
import type { ApiCall, FunctionCall, MessageCall } from '../machine/effects.ts';
import type { World } from '../world.ts';
import { OWN_PRODUCT } from './call-api.ts';

export function functionPermission({ resource }: FunctionCall, world: World): Permission {
  return { action: 'fc:InvokeFunction', resource: ownArn(resource, world), context: {} };
}

export function messagePermission({ resource }: MessageCall, world: World): Permission {
  const action = resource.includes(':/topics/') ? 'mns:PublishMessage' : 'mns:SendMessage';
  return { action, resource: ownArn(resource, world), context: {} };
}

/** Operations of this service ask for themselves what they need, once they have read their parameters. */
export function apiPermission({ product, api }: ApiCall): Permission | undefined {
  if (product.toLowerCase() === OWN_PRODUCT) return undefined;
  return { action: `${product}:${api}`, resource: '*', context: {} };
}

/** What an ARN stands for here, where only one region and the flow's own account can be reached. */
function ownArn(arn: string, { account, region }: World): string {
  return arn.replace(/^(acs:[^:]*):[^:]*:[^:]*:/, `$1:${region}:${account}:`);
}
