import type { Linked } from '../lib/linked-list.ts';
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
  /** Tells `waiter` once when that comes to be, until `unwatch`. One at a time: it takes the place of an earlier one. */
  watch(waiter: Waiter): void;
  unwatch(): void;
}

export interface Waiter {
  callerEnded(): void;
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

interface Taken extends HandOut {
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
      if (!request.caller.hasLeft) return taken;
      this.#handBack(taken.task);
      break;
    }
    return undefined;
  }

  #take(request: PollRequest, deadline: number): Promise<Taken | undefined> {
    const wait = new Wait(this.#queues, this.#host, { request, deadline });
    this.#queues.poll(wait);
    if (!wait.isOver) request.caller.watch(wait);
    return wait.taken;
  }

  #handBack({ offer, owner }: Task<LiveExecution>): void {
    if (owner.isGone || owner.closed !== undefined) return;
    owner.handedBack.add(this.#queues.offer(offer, owner, true));
    this.#queues.match(offer.queue);
  }
}

/** One turn of a poll in its queue. One object and no closures: thousands of them may wait, for a minute each. */
class Wait implements Poll<LiveExecution>, Waiter {
  readonly deadline: number;
  readonly taken: Promise<Taken | undefined>;
  isOver = false;
  due = 0;
  place = -1;
  previous: Linked | undefined;
  next: Linked | undefined;
  readonly #request: PollRequest;
  readonly #queues: TaskQueues<LiveExecution>;
  readonly #host: PollHost;
  readonly #settle: (taken: Taken | undefined | PromiseLike<never>) => void;

  constructor(
    queues: TaskQueues<LiveExecution>,
    host: PollHost,
    { request, deadline }: { readonly request: PollRequest; readonly deadline: number },
  ) {
    this.deadline = deadline;
    this.#request = request;
    this.#queues = queues;
    this.#host = host;
    const { promise, resolve } = Promise.withResolvers<Taken | undefined>();
    this.taken = promise;
    this.#settle = resolve;
  }

  get queue(): string {
    return this.#request.queue;
  }

  get most(): number {
    return this.#request.most;
  }

  fire(): void {
    this.#queues.expire(this);
  }

  expired(): void {
    this.#end(undefined);
  }

  /** The wait is left without a task. */
  callerEnded(): void {
    this.#queues.leave(this);
    this.#end(undefined);
  }

  take(task: Task<LiveExecution>): boolean {
    try {
      const taken = this.#claim(task);
      if (taken === undefined) return false;
      this.#end(taken);
    } catch (error) {
      this.#end(Promise.reject(error));
    }
    return true;
  }

  /** Undefined when the task is not to be had, which is no reason to end the poll. */
  #claim(task: Task<LiveExecution>): Taken | undefined {
    const { owner, offer, again } = task;
    owner.handedBack.delete(task);
    try {
      const reply = this.#host.apply(owner, this.#request.claim(offer.key, again));
      return { execution: owner, reply, task, durable: this.#host.durable() };
    } catch (error) {
      // Should the state offer it still, the next change of the execution puts it back into the queue.
      if (owner.tasks.get(offer.key) === task) owner.tasks.delete(offer.key);
      const isTaskGone =
        error instanceof Rejection || error instanceof NoSuchExecution || error instanceof Unavailable;
      if (isTaskGone) return undefined;
      throw error;
    }
  }

  #end(taken: Taken | undefined | PromiseLike<never>): void {
    this.isOver = true;
    this.#request.caller.unwatch();
    this.#settle(taken);
  }
}
