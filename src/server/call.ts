import type { ServerResponse } from 'node:http';
import type { Call, Permission } from '../apis/api.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { Principal } from './authenticate.ts';
import { CallEnded, type OpenCalls } from './open-calls.ts';

/** One authenticated request as operations see it. The signal comes into being when it is first read. */
export class RequestCall implements Call {
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly #principal: Principal;
  readonly #response: ServerResponse;
  readonly #open: OpenCalls;
  #controller: AbortController | undefined;

  constructor(caller: Verified<Principal>, requestId: string, response: ServerResponse, open: OpenCalls) {
    this.account = caller.key.account;
    this.region = caller.region;
    this.requestId = requestId;
    this.#principal = caller.key;
    this.#response = response;
    this.#open = open;
  }

  get signal(): AbortSignal {
    this.#controller ??= watchResponse(this.#response, this.#open);
    return this.#controller.signal;
  }

  get hasLeft(): boolean {
    return this.#response.destroyed || this.#response.socket?.destroyed === true;
  }

  allows(permission: Permission): boolean {
    return this.#principal.allows === undefined || this.#principal.allows(permission);
  }
}

/** A controller that aborts when the client closes the connection before the answer, or when the server stops. */
export function watchResponse(response: ServerResponse, open: OpenCalls): AbortController {
  const controller = new AbortController();
  const forget = open.watch(controller);
  const closed = (): void => {
    forget();
    if (!response.writableEnded) controller.abort(new CallEnded('client-left'));
  };
  if (response.destroyed || response.socket?.destroyed) closed();
  else response.once('close', closed);
  return controller;
}
