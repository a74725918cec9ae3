import type { Call, Permission } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import { flowArn } from './names.ts';
import { flowOfTaskToken } from './task-tokens.ts';

interface Request {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a request needs to be allowed: its action on its flow, or on all flows where it names none. */
export function requestPermission(cloudflow: Cloudflow, { operation, input }: Request, call: Call): Permission {
  const resource = flowArn(call, flowNameOf(cloudflow, { operation, input }, call));
  return { action: `fnf:${operation}`, resource, context: {} };
}

function flowNameOf(cloudflow: Cloudflow, { operation, input }: Request, call: Call): string | undefined {
  const { FlowName: flowName, Name: name, TaskToken: token } = input;
  if (typeof flowName === 'string') return flowName;
  if (typeof token === 'string') return flowOfTaskToken(cloudflow, call, token);
  return operation.endsWith('Flow') && typeof name === 'string' ? name : undefined;
}
