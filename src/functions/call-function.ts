import type { ActivityConfig } from './function-config.ts';

/**
 * Calls a function by its plain name or by an ARN that ends in it. `event` and the answer are JSON texts.
 * Throws `FunctionFailed`, or the reason of the signal once that is aborted: the call has ended then.
 */
export type CallFunction = (name: string, event: string, options: CallOptions) => Promise<string>;

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly context: CallContext;
}

export interface CallContext {
  /** The same when one call is repeated, as after a restart; a function can use it to do its work once. */
  readonly idempotencyKey: string;
}

/** One kind of function, ready to be called; an error that is not `FunctionFailed` means that it could not be run. */
export interface Callable {
  readonly call: (event: string, options: CallOptions) => Promise<string>;
  /** Ends what is kept for later calls. */
  readonly stop: () => Promise<void>;
}

/** Work for a worker that polls a task list for activities. */
export type Activity = ActivityConfig['activity'] & { readonly type: string };

/**
 * Has a worker do an activity and gives its result. Calls of one idempotency key are one activity, also across restarts.
 * Throws as `CallFunction` does.
 */
export type CallActivity = (activity: Activity, event: string, options: CallOptions) => Promise<string>;

/** What holds for every function. */
export interface FunctionSettings {
  readonly callActivity: CallActivity;
  /** Largest answer; 0 means any. */
  readonly answerBytes: number;
  /** Calls of one command or module at the same time; 0 means any number. */
  readonly concurrency: number;
  /** Calls once after so many milliseconds; gives a function that calls it off. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
  /** Receives what functions print beside their answers. */
  readonly print: (name: string, text: string) => void;
}
