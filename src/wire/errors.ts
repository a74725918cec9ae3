/** A request refused before any API has seen it. `code` is the vendor's bare name for the error. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** An authenticated caller may not do what it asked for. APIs with a fault of their own for this use its parts. */
export class NotAllowed extends WireError {
  readonly action: string;
  readonly resource: string;

  constructor(caller: string, action: string, resource: string) {
    super(
      'AccessDeniedException',
      400,
      `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`,
    );
    this.action = action;
    this.resource = resource;
  }
}

export const serializationError = (message: string): WireError =>
  new WireError('SerializationException', 400, message);

export const unknownOperation = (message = ''): WireError =>
  new WireError('UnknownOperationException', 400, message);

/** Not read to its end. */
export class RequestTooLarge extends WireError {
  /** In bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super('RequestEntityTooLarge', 413, `The request is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

const NAMESPACES: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  ThrottlingException: 'com.amazon.coral.availability',
};

const INTERNAL_FAILURE = {
  status: 500,
  type: 'com.amazon.coral.service#InternalFailure',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
};

export interface CoralFault {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** In place of a lone `message`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** How AWS's service framework writes an error that no API modelled; anything unknown is an internal failure. */
export function coralFault(error: unknown): CoralFault {
  if (!(error instanceof WireError)) return INTERNAL_FAILURE;
  const namespace = NAMESPACES[error.code] ?? 'com.amazon.coral.service';
  return { status: error.status, type: `${namespace}#${error.code}`, message: error.message };
}
