import { FilesError, type FilesReason } from '../../../files/files-error.ts';
import { Rejection, Unavailable } from '../../../kernel/errors.ts';
import { OpenPgpError } from '../../../openpgp/openpgp-error.ts';
import type { ExecutionErrorType } from '../model/types.gen.ts';

/** A step has come to nothing. */
export interface StepFailure {
  readonly type: ExecutionErrorType;
  readonly message: string;
  /** Trying again may help. */
  readonly isTransient: boolean;
}

/** To be thrown; the machine knows the error by its type. */
export function stepError(type: ExecutionErrorType, message: string): Rejection {
  return new Rejection(type, message);
}

export const badRequest = (message: string): Rejection => stepError('BAD_REQUEST', message);
export const notFound = (message: string): Rejection => stepError('NOT_FOUND', message);

/** https://docs.aws.amazon.com/transfer/latest/userguide/nominal-steps-workflow.html */
export const etagChanged = (): Rejection =>
  notFound('ETag constraint not met: the object was written since (Service: Amazon S3; Status Code: 412)');

const TYPE_OF_REASON: Readonly<Record<FilesReason, ExecutionErrorType>> = {
  'not-found': 'NOT_FOUND',
  exists: 'ALREADY_EXISTS',
  changed: 'NOT_FOUND',
  denied: 'PERMISSION_DENIED',
  'not-empty': 'BAD_REQUEST',
  'not-a-directory': 'BAD_REQUEST',
  'is-a-directory': 'BAD_REQUEST',
  unsupported: 'BAD_REQUEST',
  invalid: 'BAD_REQUEST',
  'no-space': 'INTERNAL_SERVER_ERROR',
  throttled: 'THROTTLED',
  unavailable: 'INTERNAL_SERVER_ERROR',
};

/** What anything thrown means to the step. */
export function failureOf(error: unknown): StepFailure {
  if (error instanceof FilesError) return filesFailure(error);
  if (error instanceof OpenPgpError) {
    const type = error.reason === 'no-key' ? 'NOT_FOUND' : 'BAD_REQUEST';
    return { type, message: error.message, isTransient: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  const isTransient = error instanceof Unavailable;
  const type = error instanceof Rejection ? (error.reason as ExecutionErrorType) : 'INTERNAL_SERVER_ERROR';
  return { type, message, isTransient };
}

function filesFailure({ reason, message }: FilesError): StepFailure {
  const isTransient = reason === 'throttled' || reason === 'unavailable';
  const shown = reason === 'changed' ? etagChanged().message : message;
  return { type: TYPE_OF_REASON[reason], message: shown, isTransient };
}
