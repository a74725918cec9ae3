import { FilesError, type FilesReason } from '../../../../files/files-error.ts';
import { Rejection } from '../../../../kernel/errors.ts';
import { storageErrorName } from '../inferred.ts';

/** The vendor's codes for what a bucket refuses; all else is a failure of the service. */
const CODES: Partial<Record<FilesReason, string>> = {
  'not-found': 'NoSuchKey',
  denied: 'AccessDenied',
  invalid: 'InvalidArgument',
  'is-a-directory': 'InvalidArgument',
  'not-a-directory': 'InvalidArgument',
  unsupported: 'OperationNotSupported',
  throttled: 'RequestTimeout',
  changed: 'PreconditionFailed',
};

/** What a step fails with whose bucket has failed it. */
export function storageFailure({ reason, message }: FilesError): Rejection {
  return failure(storageErrorName(CODES[reason] ?? 'InternalError'), message);
}

/** A failure by its name, with a cause that is told. */
export function failure(name: string, cause: string): Rejection {
  return new Rejection(name, cause, cause);
}

/** Trying again may help. */
export function isTransient(error: unknown): boolean {
  return error instanceof FilesError && ['throttled', 'unavailable', 'changed'].includes(error.reason);
}
