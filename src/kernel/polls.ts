import { NoSuchExecution, Rejection, Unavailable } from './errors.ts';
import type { LiveExecution } from './live-execution.ts';
import type { Poll, Task, TaskQueues } from './task-queue.ts';

/** A wish for the next task of a queue. */
export interface PollRequest {
  readonly queue: string;
  /** The command that marks the task as started; `again` when an earlier taker was gone before it got the answer. */
  readonly claim: (key: string, again: boolean) => unknown;
  readonly timeoutMs: number;
  /** Most polls that may wait on this queue at once; one more is refused with `too-many-pollers`. */
  readonly most: number;
  readonly caller: Caller;
}

/** Whoever waits for the task. */
export interface Caller {
  /** Nobody is there any more to take what was claimed. */
  readonly hasLeft: boolean;
  /** There is no use in waiting any longer: it has left, or is to be sent away. */
  readonly hasEnded: boolean;
  /** Calls once when that comes to be; gives a function that calls it off. */
  onEnd(call: () => void): () => void;
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

interface Taken {
  readonly handOut: HandOut;
  readonly task: Task<LiveExecution>;
  readonly durable: Promise<void> | undefined;
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
    const deadline = this.#host.now() + request.timeoutMs;
    while (!request.caller.hasEnded) {
      const taken = await this.#take(request, deadline);
      if (taken === undefined) return undefined;
      try {
        await taken.durable;
      } catch {
        // It is offered again once its execution has been read again.
        continue;
      }
      if (!request.caller.hasLeft) return taken.handOut;
      this.#handBack(taken.task);
      break;
    }
    return undefined;
  }

  #take(request: PollRequest, deadline: number): Promise<Taken | undefined> {
    const wait = new Wait(request, deadline, (task) => this.#claim(request, task));
    const leave = this.#queues.poll(wait);
    if (!wait.isOver) wait.endWith(request.caller, leave);
    return wait.taken;
  }

  /** Undefined when the task is not to be had, which is no reason to end the poll. */
  #claim(request: PollRequest, task: Task<LiveExecution>): Taken | undefined {
    const { owner, offer, again } = task;
    owner.handedBack.delete(task);
    try {
      const reply = this.#host.apply(owner, request.claim(offer.key, again));
      return { handOut: { execution: owner, reply }, task, durable: this.#host.durable() };
    } catch (error) {
      // Should the state offer it still, the next change of the execution puts it back into the queue.
      if (owner.tasks.get(offer.key) === task) owner.tasks.delete(offer.key);
      const isTaskGone =
        error instanceof Rejection || error instanceof NoSuchExecution || error instanceof Unavailable;
      if (isTaskGone) return undefined;
      throw error;
    }
  }

  #handBack({ offer, owner }: Task<LiveExecution>): void {
    if (owner.isGone || owner.closed !== undefined) return;
    owner.handedBack.add(this.#queues.offer(offer, owner, true));
    this.#queues.match(offer.queue);
  }
}

/** One turn of a poll in its queue. An object rather than closures: thousands of them may wait, for a minute each. */
class Wait implements Poll<LiveExecution> {
  readonly queue: string;
  readonly most: number;
  readonly deadline: number;
  readonly taken: Promise<Taken | undefined>;
  isOver = false;
  readonly #resolve: (taken: Taken | undefined) => void;
  readonly #reject: (error: unknown) => void;
  readonly #claim: (task: Task<LiveExecution>) => Taken | undefined;
  #forgetCaller: (() => void) | undefined;

  constructor(
    { queue, most }: PollRequest,
    deadline: number,
    claim: (task: Task<LiveExecution>) => Taken | undefined,
  ) {
    this.queue = queue;
    this.most = most;
    this.deadline = deadline;
    this.#claim = claim;
    const { promise, resolve, reject } = Promise.withResolvers<Taken | undefined>();
    this.taken = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Once the caller has gone, the wait is left without a task. */
  endWith(caller: Caller, leave: () => void): void {
    this.#forgetCaller = caller.onEnd(() => {
      leave();
      this.#resolve(undefined);
    });
  }

  expire(): void {
    this.#end();
    this.#resolve(undefined);
  }

  take(task: Task<LiveExecution>): boolean {
    try {
      const taken = this.#claim(task);
      if (taken === undefined) return false;
      this.#end();
      this.#resolve(taken);
    } catch (error) {
      this.#end();
      this.#reject(error);
    }
    return true;
  }

  #end(): void {
    this.isOver = true;
    this.#forgetCaller?.();
  }
}
