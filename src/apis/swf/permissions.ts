import type { Call, Permission } from '../api.ts';
import { domainOfScope } from './executions.ts';
import { type Decision, decisionKey } from './machine/decisions.ts';
import { domainArn } from './names.ts';
import type { Swf } from './swf.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, unknown>>;

/** Members whose text a policy can test, with the condition key of each; see "Using IAM to manage access" of the vendor. */
const CONDITION_KEYS: readonly (readonly [path: readonly [string, string?], key: string])[] = [
  [['activityType', 'name'], 'swf:activityType.name'],
  [['activityType', 'version'], 'swf:activityType.version'],
  [['defaultTaskList', 'name'], 'swf:defaultTaskList.name'],
  [['name'], 'swf:name'],
  [['version'], 'swf:version'],
  [['tagFilter', 'tag'], 'swf:tagFilter.tag'],
  [['taskList', 'name'], 'swf:taskList.name'],
  [['typeFilter', 'name'], 'swf:typeFilter.name'],
  [['typeFilter', 'version'], 'swf:typeFilter.version'],
  [['workflowType', 'name'], 'swf:workflowType.name'],
  [['workflowType', 'version'], 'swf:workflowType.version'],
];

/** What a request needs to be allowed: its action on its domain. */
export function requestPermission(
  swf: Swf,
  request: { operation: string; input: Values },
  call: Call,
): Permission {
  const { operation, input } = request;
  return { action: `swf:${operation}`, resource: resourceOf(swf, input, call), context: conditionsOf(input) };
}

/** What one decision of a batch needs to be allowed: decisions are permissions of their own. */
export function decisionPermission(world: World, domain: string, decision: Decision): Permission {
  const attributes = (decision[decisionKey(decision.decisionType)] ?? {}) as Values;
  return {
    action: `swf:${decision.decisionType}`,
    resource: domainArn(world, domain),
    context: conditionsOf(attributes),
  };
}

/** The ARN of the request's domain, however it is named; `*` for all domains where it names none. */
function resourceOf(swf: Swf, input: Values, call: Call): string {
  const { domain, name, resourceArn, taskToken } = input;
  if (typeof resourceArn === 'string') return resourceArn;
  if (typeof domain === 'string') return domainArn(call, domain);
  if (typeof taskToken === 'string') return domainArn(call, domainOfToken(swf, taskToken));
  return domainArn(call, typeof name === 'string' ? name : '*');
}

function domainOfToken(swf: Swf, token: string): string {
  const scope = swf.kernel.findOpenById(swf.tokens.runOf(token))?.identity.scope;
  return scope === undefined ? '*' : domainOfScope(scope);
}

function conditionsOf(input: Values): Permission['context'] {
  const context: Record<string, string> = {};
  for (const [[member, part], key] of CONDITION_KEYS) {
    const value = part === undefined ? input[member] : (input[member] as Values | undefined)?.[part];
    if (typeof value === 'string') context[key] = value;
  }
  const tags = Array.isArray(input.tagList) ? input.tagList : [];
  for (const [index, tag] of tags.entries()) context[`swf:tagList.member.${index}`] = String(tag);
  return context;
}
