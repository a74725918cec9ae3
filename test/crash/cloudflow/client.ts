import { setTimeout as delay } from 'node:timers/promises';
import type { OperationName } from '../../../src/apis/cloudflow/model/parameters.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { type Caller, createCaller } from '../../support/caller.ts';
import { RawAlibabaCaller } from '../../support/raw-alibaba.ts';
import type { Texts } from '../../support/sign-alibaba.ts';
import type { ServerProcess } from '../server-process.ts';
import type { FlowLedger } from './ledger.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** Ends an actor whose server has gone. */
export class ServerGone extends Error {
  override readonly name = 'ServerGone';
}

/** Nothing came of a request, as far as its client knows: the server cannot write at the moment. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The clients of one server, until it is killed. */
export class FlowClient {
  /** Set before the server is killed: from then on broken connections are no surprise. */
  isEnding = false;
  /** Set while the server may be unable to write. */
  mayBeUnavailable = false;
  /** Requests that met such a time. */
  unavailable = 0;
  /** Requests that went well. */
  changes = 0;
  readonly readyAt: number;
  readonly #caller: RawAlibabaCaller;
  readonly #own: Caller;
  readonly #ledger: FlowLedger;

  constructor({ endpoint, readyAt }: ServerProcess, ledger: FlowLedger) {
    this.readyAt = readyAt;
    const { host, port, accessKeyId, secretAccessKey } = endpoint;
    const credentials = { accessKeyId, secretAccessKey };
    this.#caller = new RawAlibabaCaller({ host, port, credentials, clock: systemClock });
    const key = { id: accessKeyId, secret: secretAccessKey };
    this.#own = createCaller({ endpoint: `http://${host}:${port}`, host, port, clock: systemClock }, { key });
    this.#ledger = ledger;
  }

  /** What Orrery's own API answers. */
  async own<Given>(path: string): Promise<Given> {
    const { status, body } = await this.#own.get<Given>(path);
    if (status !== 200) this.#ledger.violations.push(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** The answer or the error, which has a `Code`; one that load gives no reason for is a violation. */
  async ask(action: OperationName, parameters: Texts): Promise<Answer> {
    const { status, body } = await this.#caller.call(action, parameters).catch((error: unknown) => {
      if (!this.isEnding) this.#ledger.violations.push(`${action}: ${error} from a server that should be up`);
      throw new ServerGone();
    });
    if (status === 500 && this.mayBeUnavailable && body.includes('"Code":"InternalServerError"')) {
      this.unavailable++;
      throw new Unavailable();
    }
    if (status >= 500) this.#ledger.violations.push(`${action}: ${status} ${body}`);
    const answer = JSON.parse(body) as Answer;
    if (status === 200) this.changes++;
    return answer;
  }

  /** An answer without error; an error is a violation. */
  async must(action: OperationName, parameters: Texts): Promise<Answer> {
    const answer = await this.ask(action, parameters);
    if (answer.Code !== undefined) {
      this.#ledger.violations.push(`${action} ${JSON.stringify(parameters)}: ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  /** Resolves when that many requests more went well, or when so many milliseconds have passed. */
  async after(changes: number, milliseconds: number): Promise<void> {
    const goal = this.changes + changes;
    const end = Date.now() + milliseconds;
    while (this.changes < goal && Date.now() < end) await delay(5);
  }

  close(): void {
    this.#caller.close();
  }
}
