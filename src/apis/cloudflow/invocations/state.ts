import type { FunctionCall } from '../machine/effects.ts';

/** Settings as they were when the call was accepted. */
export interface InvocationLimits {
  /** Of a function that fails; 0 is none. */
  readonly retries: number;
  /** How long a call is tried, in seconds; 0 is for ever. */
  readonly seconds: number;
}

export interface InvocationFailure {
  readonly error: string;
  readonly cause: string;
}

/** Plain JSON; times are epoch milliseconds. */
export interface InvocationState {
  readonly call: FunctionCall;
  readonly limits: InvocationLimits;
  readonly acceptedAt: number;
  /** The present one, or the last; they count from 1. */
  readonly attempt: number;
  /** When the next attempt begins; null while one is made. */
  readonly pausedUntil: number | null;
  readonly lastFailure: InvocationFailure | null;
  readonly closed: { readonly at: number; readonly isDone: boolean } | null;
}
