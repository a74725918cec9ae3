import type { Call, Permission } from '../api.ts';
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

function flowNameOf({ operation, input }: Request): string | undefined {
  const { FlowName: flowName, Name: name, TaskToken: token } = input;
  if (typeof flowName === 'string') return flowName;
  if (typeof token === 'string') return flowOfTaskToken(token);
  return operation.endsWith('Flow') && typeof name === 'string' ? name : undefined;
}
