import type { Call, Permission } from '../apis/api.ts';
import type { Waiter } from '../kernel/polls.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { Principal } from './authenticate.ts';
import type { OpenCalls, Stoppable } from './open-calls.ts';
import { type Peer, type PeerWatcher, watchPeer } from './peer.ts';

/** The HTTP side of a call. */
export interface Exchange {
  readonly peer: Peer;
  readonly userAgent: string | undefined;
  /** Its id, and when the request was complete in epoch milliseconds. */
  readonly about: { readonly requestId: string; readonly now: number };
}

/** One authenticated request as operations see it. The signal comes into being when it is first read. */
export class RequestCall implements Call, Stoppable, PeerWatcher {
  readonly account: string;
  readonly region: string;
  readonly #principal: Principal;
  readonly #exchange: Exchange;
  readonly #open: OpenCalls;
  #signal: AbortSignal | undefined;
  #waiter: Waiter | undefined;

  constructor(caller: Verified<Principal>, exchange: Exchange, open: OpenCalls) {
    this.account = caller.key.account;
    this.region = caller.region;
    this.#principal = caller.key;
    this.#exchange = exchange;
    this.#open = open;
  }

  get requestId(): string {
    return this.#exchange.about.requestId;
  }

  get callerArn(): string {
    return this.#principal.arn;
  }

  get signal(): AbortSignal {
    this.#signal ??= watchPeer(this.#exchange.peer, this.#open);
    return this.#signal;
  }

  get hasLeft(): boolean {
    return this.#exchange.peer.isGone;
  }

  get hasEnded(): boolean {
    return this.hasLeft || this.#open.stopping;
  }

  watch(waiter: Waiter): void {
    this.unwatch();
    this.#waiter = waiter;
    this.#open.watch(this);
    this.#exchange.peer.watch(this);
  }

  unwatch(): void {
    this.#waiter = undefined;
    this.#open.unwatch(this);
    this.#exchange.peer.unwatch(this);
  }

  stop(): void {
    this.#waiter?.callerEnded();
  }

  over(answered: boolean): void {
    this.#open.unwatch(this);
    if (!answered) this.#waiter?.callerEnded();
  }

  get isRestricted(): boolean {
    return this.#principal.allows !== undefined;
  }

  allows({ action, resource, context }: Permission): boolean {
    if (this.#principal.allows === undefined) return true;
    return this.#principal.allows({ action, resource, context: { ...this.#ambient(), ...context } });
  }

  /** The condition keys that every request has, as IAM and as RAM call them. */
  #ambient(): Permission['context'] {
    const { peer, userAgent = '', about } = this.#exchange;
    const { now } = about;
    const time = new Date(now).toISOString();
    return {
      'acs:CurrentTime': time,
      'acs:SecureTransport': 'false',
      'acs:SourceIp': peer.address,
      'aws:CurrentTime': time,
      'aws:EpochTime': String(Math.floor(now / 1000)),
      'aws:PrincipalArn': this.#principal.arn,
      'aws:PrincipalAccount': this.account,
      'aws:RequestedRegion': this.region,
      'aws:SecureTransport': 'false',
      'aws:SourceIp': peer.address,
      'aws:UserAgent': userAgent,
      'aws:username': this.#principal.id,
    };
  }
}
