import type { Call, Permission } from '../api.ts';
import { accessDenied } from './faults.ts';
import { flowArn } from './names.ts';
import { flowOfTaskToken } from './task-tokens.ts';

interface Request {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a request needs to be allowed: its action on its flow, or on all flows where it names none. */
export function requestPermission({ operation, input }: Request, call: Call): Permission {
  const resource = flowArn(call, flowNameOf({ operation, input }));
  return { action: `fnf:${operation}`, resource, context: {} };
}

/** A flow's tasks may do what its role may: who gives it one must be allowed to. Throws AccessDenied. */
export function checkPassRole(roleArn: string | undefined, call: Call): void {
  if (roleArn === undefined || roleArn === '') return;
  const context = { 'acs:Service': 'fnf.aliyuncs.com' };
  const permission = { action: 'ram:PassRole', resource: roleArn, context };
  if (!call.allows(permission)) throw accessDenied(permission);
}

function flowNameOf({ operation, input }: Request): string | undefined {
  const { FlowName: flowName, Name: name, TaskToken: token } = input;
  if (typeof flowName === 'string') return flowName;
  if (typeof token === 'string') return flowOfTaskToken(token);
  return operation.endsWith('Flow') && typeof name === 'string' ? name : undefined;
}
