/** The function's own doing, the end of what ran it, or the name of what a function service refuses with. */
export type FailureKind = 'Handled' | 'Unhandled' | 'ResourceNotFoundException' | (string & {});

/** Whose word a failure is. */
export type FailureSource =
  /** What the function raised: its payload is as it wrote it. */
  | { readonly by: 'function' }
  /** It crashed, could not be reached, or answered what is no answer. */
  | { readonly by: 'runner' }
  /** A function service did not run it; `code` is the service's own name for the reason. */
  | { readonly by: 'service'; readonly status: number; readonly code?: string | undefined };

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  /** JSON text, mostly with `errorType` and `errorMessage`. */
  readonly payload: string;
  readonly source: FailureSource;
}

/** A call that came to nothing. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  readonly kind: FailureKind;
  readonly payload: string;
  readonly source: FailureSource;

  constructor({ kind, message, payload, source }: Failure) {
    super(message);
    this.kind = kind;
    this.payload = payload;
    this.source = source;
  }
}

export interface ErrorDetails {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly [detail: string]: unknown;
}

/** A failure whose payload is the usual error object of function services. */
export function functionFailed(
  kind: FailureKind,
  details: ErrorDetails,
  source: FailureSource = { by: 'runner' },
): FunctionFailed {
  return new FunctionFailed({
    kind,
    message: details.errorMessage,
    payload: JSON.stringify(details),
    source,
  });
}

/** What kept a function from being run, as its failure. */
export function notRun(error: unknown): FunctionFailed {
  if (!(error instanceof Error)) {
    return functionFailed('Unhandled', { errorType: 'Error', errorMessage: String(error) });
  }
  const errorType = 'code' in error ? String(error.code) : error.name;
  return functionFailed('Unhandled', { errorType, errorMessage: error.message || errorType });
}
