import type { FunctionFailed } from '../../../functions/function-failed.ts';
import type { StepFailure } from './step-failure.ts';

/** It has answered, only not what others would take for an answer; a custom step's function may answer anything. */
const ANSWERED: ReadonlySet<unknown> = new Set(['InvalidAnswer', 'AnswerTooLarge']);
/** It has not been called: nobody was there, or the way there is broken. */
const UNREACHED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

/** What a call that came to nothing means to the step; undefined when the function was called all the same. */
export function functionFailure({ source, message, payload }: FunctionFailed): StepFailure | undefined {
  if (source.by === 'service') return refusal(source.status, message);
  const errorType = errorTypeIn(payload);
  if (source.by === 'runner' && ANSWERED.has(errorType)) return undefined;
  if (source.by === 'runner' && UNREACHED.has(errorType))
    return { type: 'INTERNAL_SERVER_ERROR', message, isTransient: true };
  return { type: 'CUSTOM_STEP_FAILED', message: `The function failed: ${message}`, isTransient: false };
}

function refusal(status: number, message: string): StepFailure {
  if (status === 429) return { type: 'THROTTLED', message, isTransient: true };
  if (status === 404) return { type: 'NOT_FOUND', message, isTransient: false };
  if (status === 401 || status === 403) return { type: 'PERMISSION_DENIED', message, isTransient: false };
  return { type: 'INTERNAL_SERVER_ERROR', message, isTransient: status >= 500 };
}

function errorTypeIn(payload: string): unknown {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null && 'errorType' in value ? value.errorType : undefined;
  } catch {
    return undefined;
  }
}
