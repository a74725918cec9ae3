import { NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import type { LiveExecution } from './live-execution.ts';
import type { Task, TaskQueues } from './task-queue.ts';

/** A wish for the next task of a queue. */
export interface PollRequest {
  readonly queue: string;
  /** The command that marks the task as started; `again` when an earlier taker was gone before it got the answer. */
  readonly claim: (key: string, again: boolean) => unknown;
  readonly timeoutMs: number;
  /** Most polls that may wait on this queue at once; one more is refused with `too-many-pollers`. */
  readonly most: number;
  /** Aborts when there is no use in waiting any longer. */
  readonly signal: AbortSignal;
  /** Whether nobody is there to take what was claimed. */
  readonly hasLeft: () => boolean;
}

/** A task given to a poller: what the claiming command replied. */
export interface HandOut {
  readonly execution: LiveExecution;
  readonly reply: unknown;
}

export interface PollHost {
  now(): number;
  apply(execution: LiveExecution, command: unknown): unknown;
  durable(): Promise<void> | undefined;
}

/** Joins polls with tasks; a task that was given to a client who has left is given to the next one. */
export class Polls {
  readonly #queues: TaskQueues<LiveExecution>;
  readonly #host: PollHost;

  constructor(queues: TaskQueues<LiveExecution>, host: PollHost) {
    this.#queues = queues;
    this.#host = host;
  }

  /** Resolves with a durable hand-out, or with undefined when the time is up or the client has left. */
  async poll(request: PollRequest): Promise<HandOut | undefined> {
    const taken = await this.#take(request);
    if (taken === undefined) return undefined;
    await this.#host.durable();
    if (!request.hasLeft()) return taken.handOut;
    const { offer, owner } = taken.task;
    this.#queues.offer(offer, owner, true);
    this.#queues.match(offer.queue);
    return undefined;
  }

  #take(request: PollRequest): Promise<{ handOut: HandOut; task: Task<LiveExecution> } | undefined> {
    const { queue, signal, most } = request;
    return new Promise((resolve) => {
      const leave = this.#queues.poll({
        queue,
        most,
        deadline: this.#host.now() + request.timeoutMs,
        expire: () => resolve(undefined),
        take: (task) => {
          const handOut = this.#claim(request, task);
          if (handOut !== undefined) resolve({ handOut, task });
          return handOut !== undefined;
        },
      });
      const left = (): void => {
        leave();
        resolve(undefined);
      };
      if (signal.aborted) left();
      else signal.addEventListener('abort', left, { once: true });
    });
  }

  #claim(request: PollRequest, task: Task<LiveExecution>): HandOut | undefined {
    try {
      const reply = this.#host.apply(task.owner, request.claim(task.offer.key, task.again));
      return { execution: task.owner, reply };
    } catch (error) {
      const isTaskGone =
        error instanceof Rejection || error instanceof NoSuchExecution || error instanceof Unavailable;
      if (isTaskGone) return undefined;
      throw error;
    }
  }
}
