/** The function's own doing, the end of what ran it, or the name of what a function service refuses with. */
export type FailureKind = 'Handled' | 'Unhandled' | 'ResourceNotFoundException' | (string & {});

/** A call that came to nothing. `payload` is JSON text, mostly with `errorType` and `errorMessage`. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  readonly kind: FailureKind;
  readonly payload: string;

  constructor(kind: FailureKind, message: string, payload: string) {
    super(message);
    this.kind = kind;
    this.payload = payload;
  }
}

export interface ErrorDetails {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly [detail: string]: unknown;
}

/** A failure whose payload is the usual error object of function services. */
export function functionFailed(kind: FailureKind, details: ErrorDetails): FunctionFailed {
  return new FunctionFailed(kind, details.errorMessage, JSON.stringify(details));
}

/** What kept a function from being run, as its failure. */
export function notRun(error: unknown): FunctionFailed {
  if (!(error instanceof Error)) {
    return functionFailed('Unhandled', { errorType: 'Error', errorMessage: String(error) });
  }
  const errorType = 'code' in error ? String(error.code) : error.name;
  return functionFailed('Unhandled', { errorType, errorMessage: error.message || errorType });
}
