import { FilesError, type FilesReason } from '../../files-error.ts';

const NAMES: Readonly<Record<string, FilesReason>> = {
  NoSuchKey: 'not-found',
  NoSuchVersion: 'not-found',
  NoSuchBucket: 'not-found',
  NoSuchUpload: 'not-found',
  NotFound: 'not-found',
  PreconditionFailed: 'changed',
  // The SDK gives an error in an answer of status 200 the status 503.
  InternalError: 'unavailable',
  RequestTimeout: 'unavailable',
  ConditionalRequestConflict: 'unavailable',
  OperationAborted: 'unavailable',
  InvalidObjectState: 'invalid',
  NotImplemented: 'unsupported',
  SlowDown: 'throttled',
  ThrottlingException: 'throttled',
  RequestLimitExceeded: 'throttled',
  ServiceUnavailable: 'unavailable',
  XMinioStorageFull: 'no-space',
};

const STATUSES: Readonly<Record<number, FilesReason>> = {
  401: 'denied',
  403: 'denied',
  404: 'not-found',
  // A delete marker.
  405: 'not-found',
  412: 'changed',
  416: 'changed',
  429: 'throttled',
  501: 'unsupported',
  503: 'throttled',
  507: 'no-space',
};

/** What an endpoint's refusal, or its silence, means; `name` is what the caller calls the object. */
export function s3Failure(error: unknown, name: string): FilesError {
  if (error instanceof FilesError) return error;
  const status = statusOf(error);
  const code = error instanceof Error ? error.name : 'Error';
  // The answer to HEAD has no body that could say whether the service is throttled or down.
  const isUntold = status === 503 && code === 'Unknown';
  const known = NAMES[code] ?? (isUntold ? 'unavailable' : STATUSES[status ?? 0]);
  const reason = known ?? (isRefusal(status) ? 'invalid' : 'unavailable');
  const text = error instanceof Error && error.message !== '' ? error.message : 'no reason was given';
  const answer = status === undefined ? code : `${code}, status code ${status}`;
  return new FilesError(reason, `${text} (${answer}): ${name}`, { cause: error });
}

export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  return (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}

const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500;
