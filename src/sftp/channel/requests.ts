import { FilesError } from '../../files/files-error.ts';
import { FieldReader } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';
import { BrokenFraming } from '../packets/packet-splitter.ts';
import { type Reply, status } from '../packets/replies.ts';
import { VERBS } from '../verbs/verbs.ts';
import { refusalOf } from './refusal.ts';
import { RequestOrder } from './request-order.ts';
import type { Task, Workplace } from './workplace.ts';

export interface FailedRequest {
  readonly operation: string;
  readonly path: string;
  readonly error: unknown;
}

export interface RequestsOptions {
  readonly place: Workplace;
  readonly send: (pieces: readonly Uint8Array[]) => void;
  /** A request that had to be waited for is answered. */
  readonly settled: () => void;
  /** A packet is read no more. */
  readonly done: (packet: Buffer) => void;
  readonly failed: (request: FailedRequest) => void;
}

/** Type and id. */
const SHORTEST = 5;
/** What a request costs beside the bytes of files that it holds. */
const OVERHEAD = 512;

/** Runs the requests of one channel and answers each exactly once. */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #order = new RequestOrder();
  #running = 0;
  #bytes = 0;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Requests that have begun and are not answered. */
  get running(): number {
    return this.#running;
  }

  /** Memory that they hold, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Throws `BrokenFraming` for what cannot be answered. */
  take(packet: Buffer): void {
    if (packet.length < SHORTEST) throw new BrokenFraming('a request without an id');
    const fields = new FieldReader(packet);
    const verb = VERBS.get(fields.byte());
    const id = fields.uint32();
    if (verb === undefined) {
      this.#send(id, status(STATUS.OP_UNSUPPORTED, 'Unknown request'));
      return;
    }
    let task: Task;
    try {
      task = verb.prepare(fields, this.#options.place);
    } catch (error) {
      this.#fail(id, { operation: verb.name, path: '', error });
      return;
    }
    this.#run(id, verb.name, { ...task, packet });
  }

  #run(id: number, operation: string, task: Task & { readonly packet: Buffer }): void {
    const { path, claim, bytes = 0, line, packet } = task;
    const fail = (error: unknown): void => this.#fail(id, { operation, path, error });
    let result: Reply | Promise<Reply>;
    try {
      result = this.#order.run(claim, task.run);
    } catch (error) {
      fail(error);
      return;
    }
    if (!(result instanceof Promise)) {
      this.#send(id, result);
      this.#options.done(packet);
      return;
    }
    const cost = bytes + OVERHEAD;
    this.#running += 1;
    this.#bytes += cost;
    const answer = line === undefined ? result : line.join(result);
    void answer
      .then((reply) => this.#send(id, reply))
      .catch(fail)
      .finally(() => {
        this.#running -= 1;
        this.#bytes -= cost;
        this.#options.done(packet);
        this.#options.settled();
      });
  }

  #send(id: number, reply: Reply): void {
    this.#options.send(reply(id));
  }

  #fail(id: number, request: FailedRequest): void {
    this.#send(id, refusalOf(request.error));
    if (!isQuestion(request)) this.#options.failed(request);
  }
}

/** Clients ask for what may not be there; that is no failure. */
function isQuestion({ operation, error }: FailedRequest): boolean {
  const asks = operation === 'STAT' || operation === 'LSTAT';
  return asks && error instanceof FilesError && error.reason === 'not-found';
}
