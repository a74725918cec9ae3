import type { CallFunction } from '../../../functions/call-function.ts';
import { FunctionFailed, functionFailed } from '../../../functions/function-failed.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { Json } from '../language/json.ts';
import { parseJson } from '../language/parse-json.ts';
import type { FunctionCall } from '../machine/effects.ts';
import { attemptKey } from './attempt-key.ts';
import { isRuntimeError } from './inferred.ts';
import { WHOLE_TASK_MS } from './lease.ts';

/** Calls the configured function that an ARN of Function Compute ends in; its outcome is what the function returned. */
export function functionStep(callFunction: CallFunction): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input }, { signal }): Promise<Json> => {
      const { resource, event, idempotency } = input as FunctionCall;
      try {
        const context = { idempotencyKey: attemptKey(idempotency) };
        return answerOf(await callFunction(resource, event, { signal, context }));
      } catch (error) {
        if (!(error instanceof FunctionFailed)) throw error;
        throw new Rejection(errorNameOf(error), error.message, error.payload);
      }
    },
  };
}

/** The answer is JSON, but may have numbers that no value can hold. */
function answerOf(answer: string): Json {
  try {
    return parseJson(answer);
  } catch (error) {
    const errorMessage = `The function's answer cannot be read: ${(error as Error).message}`;
    throw functionFailed('Unhandled', { errorType: 'InvalidAnswer', errorMessage });
  }
}

function errorNameOf({ source, payload }: FunctionFailed): string {
  switch (source.by) {
    case 'function':
      return raisedType(payload) ?? 'FC.Unknown';
    case 'runner':
      return 'FC.Unknown';
    case 'service':
      return `FC.${serviceCode(source.status, source.code)}`;
    default:
      return source satisfies never;
  }
}

/** The class of what the function raised. */
function raisedType(payload: string): string | undefined {
  const errorType = memberOf(payload, 'errorType');
  return typeof errorType === 'string' && errorType !== '' && !isRuntimeError(errorType)
    ? errorType
    : undefined;
}

function memberOf(payload: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? (value as JsonRecord)[name] : undefined;
  } catch {
    return undefined;
  }
}

type JsonRecord = Readonly<Record<string, unknown>>;

/** Codes of Lambda endpoints that Function Compute has other names for. */
const LAMBDA_CODES: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'FunctionNotFound',
  ServiceException: 'InternalServerError',
  InvalidParameterValueException: 'InvalidArgument',
  InvalidRequestContentException: 'InvalidArgument',
};

/** Throttling has two names, whatever code it comes with; everything else goes by its code where it has one. */
function serviceCode(status: number, code: string | undefined): string {
  if (status === 429) return code === 'ResourceExhausted' ? code : 'ResourceThrottled';
  if (code !== undefined) return LAMBDA_CODES[code] ?? code;
  if (status >= 500) return 'InternalServerError';
  return status >= 400 ? 'InvalidArgument' : 'Unknown';
}
