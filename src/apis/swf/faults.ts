import { AlreadyOpen, Rejection, Unavailable } from '../../kernel/errors.ts';
import { coralFault, NotAllowed } from '../../wire/errors.ts';
import type { Fault } from '../api.ts';
import type { VersionedType, WorkflowExecution } from './machine/values.ts';
import type { FaultName } from './model/types.gen.ts';

const MODELLED = 'com.amazonaws.swf.base.model#';
const VALIDATION = 'com.amazon.coral.validate#ValidationException';
const THROTTLING = 'com.amazon.coral.availability#ThrottlingException';

/** The vendor's fault for each reason with which the machine or the kernel rejects. */
const FAULT_OF_REASON: Readonly<Record<string, FaultName | 'ValidationException'>> = {
  'unknown-execution': 'UnknownResourceFault',
  'unknown-decision-task': 'UnknownResourceFault',
  'unknown-activity': 'UnknownResourceFault',
  'too-many-pollers': 'LimitExceededFault',
  ValidationException: 'ValidationException',
};

const MODELLED_FAULTS: ReadonlySet<string> = new Set<FaultName>([
  'DefaultUndefinedFault',
  'DomainAlreadyExistsFault',
  'DomainDeprecatedFault',
  'LimitExceededFault',
  'OperationNotPermittedFault',
  'TooManyTagsFault',
  'TypeAlreadyExistsFault',
  'TypeDeprecatedFault',
  'TypeNotDeprecatedFault',
  'UnknownResourceFault',
  'WorkflowExecutionAlreadyStartedFault',
]);

/** One of the API's modelled faults, to be thrown. */
export function fault(name: FaultName, message: string): Rejection {
  return new Rejection(name, message);
}

export function validationFault(message: string): Rejection {
  return new Rejection('ValidationException', message);
}

/** The service's sentence about constraints that do not hold. */
export function constraintMessage(violations: readonly string[]): string {
  const noun = violations.length === 1 ? 'error' : 'errors';
  return `${violations.length} validation ${noun} detected: ${violations.join('; ')}`;
}

/** More requests than a rate that is switched on lets through. */
export function throttled(): Rejection {
  return new Rejection('ThrottlingException', 'Rate exceeded');
}

export function unknownDomain(name: string): Rejection {
  return fault('UnknownResourceFault', `Unknown domain: ${name}`);
}

export function unknownType(kind: 'WorkflowType' | 'ActivityType', type: VersionedType): Rejection {
  return fault('UnknownResourceFault', `Unknown type: ${describeType(kind, type)}`);
}

export function describeType(
  kind: 'WorkflowType' | 'ActivityType',
  { name, version }: VersionedType,
): string {
  return `${kind}=[name=${name}, version=${version}]`;
}

/** Unknown, closed where it must be open, or forgotten. */
export function unknownExecution(execution: { workflowId: string; runId?: string | undefined }): Rejection {
  const { workflowId, runId } = execution;
  return fault(
    'UnknownResourceFault',
    runId === undefined
      ? `Unknown execution, workflowId = ${workflowId}`
      : `Unknown execution: ${describeExecution({ workflowId, runId })}`,
  );
}

function describeExecution({ workflowId, runId }: WorkflowExecution): string {
  return `WorkflowExecution=[workflowId=${workflowId}, runId=${runId}]`;
}

/** Turns whatever was thrown into the vendor's error. */
export function swfFault(error: unknown): Fault {
  if (error instanceof Rejection) return rejectionFault(error);
  if (error instanceof AlreadyOpen)
    return modelled('WorkflowExecutionAlreadyStartedFault', 'Already Started');
  if (error instanceof NotAllowed) return modelled('OperationNotPermittedFault', error.message);
  if (error instanceof Unavailable) {
    const type = 'com.amazon.coral.availability#ServiceUnavailableException';
    return { status: 503, type, message: 'The service cannot store anything at the moment; try again.' };
  }
  return coralFault(error);
}

function rejectionFault({ reason, message }: Rejection): Fault {
  const name = FAULT_OF_REASON[reason] ?? reason;
  if (name === 'ValidationException') return { status: 400, type: VALIDATION, message };
  if (name === 'ThrottlingException') return { status: 400, type: THROTTLING, message };
  if (MODELLED_FAULTS.has(name)) return modelled(name, message);
  return coralFault(new Error(`${reason}: ${message}`));
}

function modelled(name: string, message: string): Fault {
  return { status: 400, type: MODELLED + name, message };
}
