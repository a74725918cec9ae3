import type { Call, Permission } from '../api.ts';
import type { Tag } from './model/types.gen.ts';
import { arnOf } from './names.ts';
import { lookUpTags } from './resources/tagged.ts';
import type { Transfer } from './transfer.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, unknown>>;

/** Members that policies can test, with the condition key of each. */
const CONDITION_KEYS: Readonly<Record<string, string>> = {
  SecurityPolicyName: 'transfer:RequestSecurityPolicyName',
  Domain: 'transfer:RequestServerDomain',
  EndpointType: 'transfer:RequestServerEndpointType',
  Protocols: 'transfer:RequestServerProtocols',
};

/** Operations on something of a server that need to be allowed on the server, as there is nothing else yet, or many. */
const ON_SERVER: ReadonlySet<string> = new Set(['CreateUser', 'ImportHostKey', 'ListHostKeys', 'ListUsers']);

/**
 * What a request needs to be allowed: its action on the resource that it names, `*` where it names none; see "Actions,
 * resources, and condition keys for AWS Transfer Family" of the vendor's Service Authorization Reference.
 */
export function requestPermission(
  transfer: Transfer,
  { operation, input }: { readonly operation: string; readonly input: Values },
  call: Call,
): Permission {
  const resource = resourceOf(operation, input, call);
  const context = { ...conditionsOf(input), ...resourceTags(lookUpTags(transfer, call, resource)) };
  return { action: `transfer:${operation}`, resource, context };
}

function resourceOf(operation: string, input: Values, world: World): string {
  const { Arn: arn, ServerId: serverId, UserName: userName, HostKeyId: hostKeyId, WorkflowId: id } = input;
  if (typeof arn === 'string') return arn;
  if (typeof id === 'string') return arnOf(world, { kind: 'workflow', workflowId: id });
  if (typeof serverId !== 'string') return '*';
  if (ON_SERVER.has(operation)) return arnOf(world, { kind: 'server', serverId });
  if (typeof userName === 'string') return arnOf(world, { kind: 'user', serverId, userName });
  if (typeof hostKeyId === 'string') return arnOf(world, { kind: 'host-key', serverId, hostKeyId });
  return arnOf(world, { kind: 'server', serverId });
}

function conditionsOf(input: Values): Permission['context'] {
  const context: Record<string, string | readonly string[]> = {};
  for (const [member, key] of Object.entries(CONDITION_KEYS)) {
    const value = input[member];
    if (typeof value === 'string' || Array.isArray(value)) context[key] = value;
  }
  const { Tags: tags = [], TagKeys: keys } = input as { Tags?: readonly Tag[]; TagKeys?: readonly string[] };
  for (const { Key: key, Value: value } of tags) context[`aws:RequestTag/${key}`] = value;
  const named = keys ?? tags.map(({ Key: key }) => key);
  if (named.length > 0) context['aws:TagKeys'] = named;
  return context;
}

const resourceTags = (tags: readonly Tag[]): Permission['context'] =>
  Object.fromEntries(tags.map(({ Key: key, Value: value }) => [`aws:ResourceTag/${key}`, value]));
