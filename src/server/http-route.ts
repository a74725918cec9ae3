import type { Call } from '../apis/api.ts';
import { NoSuchExecution, Rejection, Unavailable } from '../kernel/errors.ts';
import { WireError } from '../wire/errors.ts';

/** A path of Orrery's own: administration, the own API, the console. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parameters as in `/api/v1/executions/:id`. */
  readonly path: string;
  /** Signed under any configured key with the service name `orrery`, or open to everybody. */
  readonly access: 'signed' | 'open';
  readonly handle: (request: HttpRequest) => Promise<HttpAnswer>;
}

export interface HttpRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly requestId: string;
  /** Aborts when the client leaves or the server stops. */
  readonly signal: AbortSignal;
  /** The caller; an open route has none. */
  readonly call: Call | undefined;
}

export interface HttpAnswer {
  /** 200 unless given. */
  readonly status?: number;
  readonly contentType: string;
  /** Texts of an iterable are sent as they come; it must end when the request's signal aborts. */
  readonly body: string | AsyncIterable<string>;
}

export const jsonAnswer = (value: unknown, status = 200): HttpAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/** An answer of Orrery's own API that is an error. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** `{ error: { type, message } }` with the status that fits. */
export function errorAnswer(error: unknown): HttpAnswer {
  const { status, type, message } = describe(error);
  return jsonAnswer({ error: { type, message } }, status);
}

function describe(error: unknown): { status: number; type: string; message: string } {
  if (error instanceof HttpError) return error;
  if (error instanceof WireError) {
    const status = error.code === 'AccessDeniedException' ? 403 : error.status;
    return { status, type: error.code, message: error.message };
  }
  if (error instanceof NoSuchExecution) return { status: 404, type: 'not-found', message: error.message };
  if (error instanceof Rejection) return { status: 400, type: error.reason, message: error.message };
  if (error instanceof Unavailable) return { status: 503, type: 'unavailable', message: error.message };
  return { status: 500, type: 'internal', message: 'Internal error' };
}
