import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint } from '../../bench/load/signed-request.ts';
import { type SwfCaller, swfClient } from '../../bench/load/swf-client.ts';
import type { Entry, Ledger, Outcome } from './ledger.ts';

/** One server from its ready line to its end, whatever the end may be. */
export interface Life {
  /** Set before the server is killed or told to stop: from then on broken connections are no surprise. */
  ending: boolean;
  /** No new executions; deciders bring what is open to its end. */
  draining: boolean;
  /** Whether the store may fail, so that 503 is a proper answer. */
  readonly mayBeUnavailable: boolean;
  /** Called with every acknowledged change. */
  acknowledged(): void;
}

/** What the load never gives a reason for: it asks for what is registered, and asks properly. */
const NEVER = /Validation|Serialization|UnknownOperation|Unknown domain|Unknown type/;

/** Ends an actor whose server has gone. */
export class ServerGone extends Error {
  override readonly name = 'ServerGone';
}

/** One connection that enters into the ledger what becomes of its requests. */
export class Caller {
  readonly #swf: SwfCaller;
  readonly #life: Life;
  readonly #ledger: Ledger;

  constructor(swf: SwfCaller, life: Life, ledger: Ledger) {
    this.#swf = swf;
    this.#life = life;
    this.#ledger = ledger;
  }

  /** Sends what an entry asks for; a broken connection is entered and thrown as `ServerGone`. */
  async send(entry: Entry): Promise<Outcome> {
    const { outcome, value } = await this.#ask(entry.operation, entry.input).catch((error: unknown) => {
      entry.outcomes.push('lost');
      throw error;
    });
    entry.outcomes.push(outcome);
    if (outcome === 'acknowledged') this.#life.acknowledged();
    entry.answer = value;
    entry.answeredAt = Date.now();
    return outcome;
  }

  /** Asks for something that changes nothing; undefined when it was refused. */
  async read<Answer>(operation: string, input: object): Promise<Answer | undefined> {
    const { outcome, value } = await this.#ask(operation, input);
    return outcome === 'acknowledged' ? (value as Answer) : undefined;
  }

  close(): void {
    this.#swf.close();
  }

  async #ask(operation: string, input: object): Promise<{ outcome: Outcome; value: unknown }> {
    const reply = await this.#swf.call(operation, JSON.stringify(input)).catch((error: unknown) => {
      if (!this.#life.ending)
        this.#ledger.violation(`${operation}: ${error} from a server that should be up`);
      throw new ServerGone();
    });
    const value: unknown = reply.body === '' ? {} : JSON.parse(reply.body);
    const outcome = this.#outcome(operation, reply);
    if (outcome === 'unavailable') await delay(10);
    return { outcome, value };
  }

  #outcome(operation: string, { status, body }: { status: number; body: string }): Outcome {
    if (status === 200) return 'acknowledged';
    const isRetryable = status === 503 && this.#life.mayBeUnavailable;
    if (status >= 500 && !isRetryable) this.#ledger.violation(`${operation}: ${status} ${body}`);
    if (status === 400 && NEVER.test(body)) {
      this.#ledger.violation(`${operation}: ${body}`);
    }
    return status >= 500 ? 'unavailable' : 'refused';
  }
}

/** Makes callers, each with a connection of its own. */
export function callersOf(endpoint: Endpoint, life: Life, ledger: Ledger): () => Caller {
  const connect = swfClient(endpoint);
  return () => new Caller(connect(), life, ledger);
}
