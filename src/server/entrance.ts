import type { IncomingHttpHeaders } from 'node:http';
import type { Api } from '../apis/api.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { SignedRequest } from '../wire/signatures/aws-v4-canonical.ts';
import type { Principal } from './authenticate.ts';
import type { Peer } from './peer.ts';
import type { Replies, Route } from './route.ts';

/** A request as it has arrived, through whichever lane. */
export interface Arrival {
  /** What its `X-Amz-Target` says. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly peer: Peer;
  /** The whole of it; rejects with `ClientLeft` when it never comes. `bodyLimit` is in bytes, for the body alone. */
  read(bodyLimit?: number): ReadRequest | Promise<ReadRequest>;
}

export type ReadRequest = SignedRequest & { readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** One protocol's way into the server. */
export interface Entrance {
  /** How errors are answered before anything is known of a request. */
  readonly replies: Replies;
  /** Authenticates a request and understands it: who wants which operation done with which input. Throws the refusal. */
  admit(arrival: Arrival, begun: Begun): Admitted | Promise<Admitted>;
}

export interface Admitted {
  readonly route: Route;
  readonly request: ReadRequest;
  readonly caller: Verified<Principal>;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is known of a request so far. Whoever learns more writes it here, for the answer, the metrics and the log. */
export class Begun {
  /** As the client addressed it; empty where no answer tells it. */
  host = '';
  /** When the request was complete, in epoch milliseconds. */
  now: number;
  /** The operation's name as the client wrote it. */
  target: string;
  replies: Replies;
  api: Api | undefined;
  route: Route | undefined;
  readonly #newRequestId: () => string;
  #requestId: string | undefined;

  constructor(replies: Replies, { target, now, newRequestId }: Arriving) {
    this.replies = replies;
    this.target = target;
    this.now = now;
    this.#newRequestId = newRequestId;
  }

  /** Made when it is first asked for: a poll that waits needs none yet. */
  get requestId(): string {
    this.#requestId ??= this.#newRequestId();
    return this.#requestId;
  }

  set requestId(given: string) {
    this.#requestId = given;
  }
}

interface Arriving {
  readonly target: string;
  readonly now: number;
  readonly newRequestId: () => string;
}
