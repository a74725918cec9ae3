import { Rejection, Unavailable } from '../../kernel/errors.ts';
import { NotAllowed, WireError } from '../../wire/errors.ts';
import type { Fault } from '../api.ts';
import type { FaultName } from './model/types.gen.ts';

const SERVER_FAULTS: ReadonlySet<string> = new Set<FaultName>([
  'InternalServiceError',
  'ServiceUnavailableException',
]);

const MODELLED_FAULTS: ReadonlySet<string> = new Set<FaultName>([
  'AccessDeniedException',
  'ConflictException',
  'InternalServiceError',
  'InvalidNextTokenException',
  'InvalidRequestException',
  'ResourceExistsException',
  'ResourceNotFoundException',
  'ServiceUnavailableException',
  'ThrottlingException',
]);

/** What the vendor calls the kinds of its resources in errors, with how its messages do. */
const RESOURCE_NAMES = {
  Server: 'server',
  User: 'user',
  SshPublicKey: 'SSH public key',
  HostKey: 'host key',
  SecurityPolicy: 'security policy',
  Workflow: 'workflow',
  Execution: 'execution',
  Resource: 'resource',
} as const;

export type ResourceType = keyof typeof RESOURCE_NAMES;

/** One of the API's modelled faults, to be thrown; `members` are those it has beside `Message`, under the vendor's names. */
function fault(name: FaultName, message: string, members: Readonly<Record<string, string>> = {}): Rejection {
  return new Rejection(name, message, members);
}

export function invalidRequest(message: string): Rejection {
  return fault('InvalidRequestException', message);
}

export function unknown(type: ResourceType, resource: string): Rejection {
  const members = { Resource: resource, ResourceType: type };
  return fault('ResourceNotFoundException', `Unknown ${RESOURCE_NAMES[type]}`, members);
}

export function alreadyExists(type: ResourceType, resource: string): Rejection {
  const members = { Resource: resource, ResourceType: type };
  return fault('ResourceExistsException', `The ${RESOURCE_NAMES[type]} exists already`, members);
}

export const invalidNextToken = (): Rejection =>
  fault('InvalidNextTokenException', 'The NextToken is not one that this list gave not long ago');

/** Turns whatever was thrown into the vendor's error. */
export function transferFault(error: unknown): Fault {
  if (error instanceof Rejection && MODELLED_FAULTS.has(error.reason)) {
    return written(error.reason, error.message, error.details as Readonly<Record<string, string>>);
  }
  if (error instanceof NotAllowed) return written('AccessDeniedException', error.message);
  if (error instanceof WireError) return wireFault(error);
  if (error instanceof Unavailable) {
    const message = 'The service cannot store anything at the moment; try again.';
    return written('ServiceUnavailableException', message);
  }
  return written('InternalServiceError', 'An internal error occurred.');
}

/** The vendor has no 403 here, also for signatures. */
function wireFault({ code, status, message }: WireError): Fault {
  if (code === 'ValidationException') return written('InvalidRequestException', message);
  const members = { Message: message };
  return { status: status === 403 ? 400 : status, type: code, message, members };
}

function written(type: string, message: string, members: Readonly<Record<string, string>> = {}): Fault {
  const status = SERVER_FAULTS.has(type) ? 500 : 400;
  return { status, type, message, members: { Message: message, ...members } };
}
