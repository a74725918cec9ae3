import type { SendHttp } from '../../../http-client/http-client.ts';
import { HttpFailed } from '../../../http-client/http-failed.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { EffectContext, EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import type { Json } from '../language/json.ts';
import { parseJson } from '../language/parse-json.ts';
import type { ApiCall } from '../machine/effects.ts';
import { attemptKey } from './attempt-key.ts';
import { WHOLE_TASK_MS } from './lease.ts';
import type { OwnOperation } from './own-operations.ts';

export interface ApiStepOptions {
  /** This service's own operations by name. */
  readonly operations: Readonly<Record<string, OwnOperation>>;
  /** Other products by their names in lower case: where calls of their APIs are sent. */
  readonly products: Readonly<Record<string, { readonly url: string }>>;
  /** Reaches the products; where they are is the operator's own choice. */
  readonly sendHttp: SendHttp;
  readonly clock: Clock;
}

/** This service's name among products, in lower case. */
export const OWN_PRODUCT = 'fnf';
const CODE = /^[A-Za-z0-9_.-]{1,128}$/;

/** Calls an operation of this service or, through its adapter, of another product; its outcome is the answer. */
export function apiStep(options: ApiStepOptions): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input }, context): Promise<Json> => {
      const call = input as ApiCall;
      const product = call.product.toLowerCase();
      if (product === OWN_PRODUCT) return callOwn(call, options, context);
      const adapter = Object.hasOwn(options.products, product) ? options.products[product] : undefined;
      if (adapter !== undefined)
        return callProduct(call, adapter.url, { ...options, signal: context.signal });
      throw failure(call, 'ServiceNotConfigured', `There is no adapter for the product ${call.product}`);
    },
  };
}

async function callOwn(
  call: ApiCall,
  { operations, clock }: ApiStepOptions,
  { execution, signal }: EffectContext,
): Promise<Json> {
  const { api, parameters, idempotency } = call;
  const operation = Object.hasOwn(operations, api) ? operations[api] : undefined;
  if (operation === undefined)
    throw failure(call, 'ActionNotSupported', `The requested API operation '${api}' is incorrect.`);
  try {
    return await onceAvailable(clock, signal, () =>
      operation(parameters, { execution, signal, idempotency }),
    );
  } catch (error) {
    throw error instanceof Rejection ? failure(call, error.reason, error.message) : error;
  }
}

/**
 * POSTs `{ product, api, parameters }`. An answer of 2xx is the result; of any other, `Code` and `Message` say what
 * went wrong.
 */
async function callProduct(
  call: ApiCall,
  url: string,
  { sendHttp, signal }: Pick<ApiStepOptions, 'sendHttp'> & { readonly signal: AbortSignal },
): Promise<Json> {
  const { product, api, parameters, idempotency } = call;
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'Idempotency-Key': attemptKey(idempotency),
  };
  const body = JSON.stringify({ product, api, parameters });
  const answer = await sendHttp({ url, method: 'POST', headers, body }, signal).catch((error: unknown) => {
    throw error instanceof HttpFailed ? failure(call, error.failure, error.message) : error;
  });
  const value = readJson(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    if (value !== undefined) return value;
    throw failure(call, 'InvalidAnswer', `The adapter's answer is not JSON: ${answer.body.slice(0, 200)}`);
  }
  const { Code: code } = (value ?? {}) as { readonly Code?: Json };
  const isCode = typeof code === 'string' && CODE.test(code);
  throw failure(call, isCode ? code : codeOf(answer.status), answer.body);
}

/** No answer at all is null. */
function readJson(text: string): Json | undefined {
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function codeOf(status: number): string {
  if (status === 429) return 'ResourceThrottled';
  return status >= 500 ? 'InternalServerError' : 'InvalidArgument';
}

/** The product as it is written in the definition, and the code. */
function failure({ product }: ApiCall, code: string, cause: string): Rejection {
  return new Rejection(`${product}.${code}`, cause, cause);
}
