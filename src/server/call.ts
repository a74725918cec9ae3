import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call, Permission } from '../apis/api.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { Principal } from './authenticate.ts';
import { CallEnded, type OpenCalls } from './open-calls.ts';

/** The HTTP side of a call. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** When the request was complete, in epoch milliseconds. */
  readonly now: number;
}

/** One authenticated request as operations see it. The signal comes into being when it is first read. */
export class RequestCall implements Call {
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly #principal: Principal;
  readonly #exchange: Exchange;
  readonly #open: OpenCalls;
  #controller: AbortController | undefined;

  constructor(caller: Verified<Principal>, exchange: Exchange, open: OpenCalls) {
    this.account = caller.key.account;
    this.region = caller.region;
    this.requestId = exchange.requestId;
    this.#principal = caller.key;
    this.#exchange = exchange;
    this.#open = open;
  }

  get signal(): AbortSignal {
    this.#controller ??= watchResponse(this.#exchange.response, this.#open);
    return this.#controller.signal;
  }

  get hasLeft(): boolean {
    const { response } = this.#exchange;
    return response.destroyed || response.socket?.destroyed === true;
  }

  get hasEnded(): boolean {
    return this.hasLeft || this.#open.stopping;
  }

  onEnd(call: () => void): () => void {
    const { response } = this.#exchange;
    const forget = this.#open.watch(call);
    response.once('close', call);
    return () => {
      forget();
      response.removeListener('close', call);
    };
  }

  get isRestricted(): boolean {
    return this.#principal.allows !== undefined;
  }

  allows({ action, resource, context }: Permission): boolean {
    if (this.#principal.allows === undefined) return true;
    return this.#principal.allows({ action, resource, context: { ...this.#ambient(), ...context } });
  }

  /** The condition keys that every request has. */
  #ambient(): Permission['context'] {
    const { request, now } = this.#exchange;
    return {
      'aws:CurrentTime': new Date(now).toISOString(),
      'aws:EpochTime': String(Math.floor(now / 1000)),
      'aws:PrincipalArn': this.#principal.arn,
      'aws:PrincipalAccount': this.account,
      'aws:RequestedRegion': this.region,
      'aws:SecureTransport': 'false',
      'aws:SourceIp': request.socket.remoteAddress ?? '',
      'aws:UserAgent': request.headers['user-agent'] ?? '',
      'aws:username': this.#principal.id,
    };
  }
}

/** A controller that aborts when the client closes the connection before the answer, or when the server stops. */
export function watchResponse(response: ServerResponse, open: OpenCalls): AbortController {
  const controller = new AbortController();
  const stopping = (): void => controller.abort(new CallEnded('stopping'));
  if (open.stopping) stopping();
  const forget = open.watch(stopping);
  const closed = (): void => {
    forget();
    if (!response.writableEnded) controller.abort(new CallEnded('client-left'));
  };
  if (response.destroyed || response.socket?.destroyed) closed();
  else response.once('close', closed);
  return controller;
}
