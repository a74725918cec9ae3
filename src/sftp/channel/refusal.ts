import { FilesError, type FilesReason } from '../../files/files-error.ts';
import { MalformedRequest } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';
import { type Reply, status } from '../packets/replies.ts';

/** A request that is refused before any file is asked. */
export class Refusal extends Error {
  readonly code: (typeof STATUS)[keyof typeof STATUS];
  constructor(code: (typeof STATUS)[keyof typeof STATUS], message: string) {
    super(message);
    this.code = code;
  }
}

/** Version 3 knows few codes; where a reason has none of its own it is the code that OpenSSH's server gives. */
const CODES: Readonly<Record<FilesReason, (typeof STATUS)[keyof typeof STATUS]>> = {
  'not-found': STATUS.NO_SUCH_FILE,
  'not-a-directory': STATUS.NO_SUCH_FILE,
  denied: STATUS.PERMISSION_DENIED,
  unsupported: STATUS.OP_UNSUPPORTED,
  exists: STATUS.FAILURE,
  changed: STATUS.FAILURE,
  'not-empty': STATUS.FAILURE,
  'is-a-directory': STATUS.FAILURE,
  invalid: STATUS.FAILURE,
  'no-space': STATUS.FAILURE,
  throttled: STATUS.FAILURE,
  unavailable: STATUS.FAILURE,
};

/** The STATUS for what a request threw. What is not meant for clients is not told to them. */
export function refusalOf(error: unknown): Reply {
  if (error instanceof Refusal) return status(error.code, error.message);
  if (error instanceof MalformedRequest) return status(STATUS.BAD_MESSAGE, error.message);
  if (error instanceof FilesError) return status(CODES[error.reason], error.message);
  return status(STATUS.FAILURE, 'Internal error');
}
