import { NoSuchExecution, Rejection, Unavailable, VersionConflict } from '../../kernel/errors.ts';
import { ScheduleError } from '../../schedule/schedule-error.ts';
import { WireError } from '../../wire/errors.ts';
import { alibabaFault } from '../../wire/protocols/alibaba-rpc-errors.ts';
import type { Fault, Permission } from '../api.ts';
import { DefinitionError } from './language/definition-error.ts';

/** The vendor's errors that operations answer with, and their HTTP statuses; the wire has those of its own. */
const STATUSES = {
  ActionNotSupported: 400,
  ExecutionAlreadyCompleted: 400,
  ExecutionAlreadyExists: 400,
  InvalidArgument: 400,
  TaskAlreadyCompleted: 400,
  ExecutionNotExists: 404,
  FlowAliasNotExists: 404,
  FlowNotExists: 404,
  FlowVersionNotExists: 404,
  MapRunNotExists: 404,
  ScheduleNotExists: 404,
  ConcurrentUpdateError: 409,
  FlowAliasAlreadyExists: 409,
  FlowAlreadyExists: 409,
  ScheduleAlreadyExists: 409,
  PreconditionFailed: 412,
  ResourceThrottled: 429,
  InternalServerError: 500,
} as const;

export type FaultCode = keyof typeof STATUSES;

const RETRY: Fault = {
  status: STATUSES.InternalServerError,
  type: 'InternalServerError',
  message: 'An internal error has occurred. Please retry.',
};

/** One of the API's errors, to be thrown. */
export function fault(code: FaultCode, message: string): Rejection {
  return new Rejection(code, message);
}

export function invalidArgument(parameter: string, rule: string): Rejection {
  return fault('InvalidArgument', `The parameter '${parameter}' ${rule}.`);
}

export const unknownFlow = (name: string): Rejection =>
  fault('FlowNotExists', `Flow '${name}' does not exist.`);

export const unknownExecution = (flow: string, execution: string): Rejection =>
  fault('ExecutionNotExists', `Execution '${execution}' for flow '${flow}' does not exist.`);

export const throttled = (): Rejection =>
  fault('ResourceThrottled', 'The request is throttled. Please try again later.');

export const accessDenied = ({ action, resource }: Permission): WireError =>
  new WireError(
    'AccessDenied',
    403,
    `The resources doesn't belong to you. The caller is not authorized to perform: ${action} on resource: ${resource}.`,
  );

export const changedMeanwhile = (): Rejection =>
  fault('PreconditionFailed', 'The resource to be modified has been changed.');

export const invalidPageToken = (): Rejection =>
  fault('InvalidArgument', "The parameter 'NextToken' must be one that this list gave not long ago.");

/** Turns whatever was thrown into the vendor's error. */
export function cloudflowFault(error: unknown): Fault {
  if (error instanceof Rejection && Object.hasOwn(STATUSES, error.reason)) {
    const { reason, message } = error;
    return { status: STATUSES[reason as FaultCode], type: reason, message };
  }
  if (error instanceof DefinitionError) return invalid('Definition', error.message);
  if (error instanceof ScheduleError) return invalid('CronExpression', error.message);
  if (error instanceof VersionConflict) {
    const { ConcurrentUpdateError: status } = STATUSES;
    return { status, type: 'ConcurrentUpdateError', message: 'Update conflict, please retry.' };
  }
  // It was there when the operation looked.
  if (error instanceof NoSuchExecution) return cloudflowFault(changedMeanwhile());
  return error instanceof Unavailable ? RETRY : alibabaFault(error);
}

function invalid(parameter: string, problem: string): Fault {
  const message = `The parameter '${parameter}' is not valid: ${problem}`;
  return { status: STATUSES.InvalidArgument, type: 'InvalidArgument', message };
}
