import {
  append,
  createList,
  insertSorted,
  type Linked,
  type LinkedList,
  prepend,
  remove,
} from '../lib/linked-list.ts';
import { Rejection } from './errors.ts';
import type { Offer } from './machine.ts';
import type { Timer, Timers } from './timers.ts';

/** An offer waiting in its queue, on behalf of `owner`. */
export interface Task<Owner> extends Linked {
  readonly offer: Offer;
  readonly owner: Owner;
  /** True for a task that was handed to a client who had left: handing it out again changes nothing. */
  readonly again: boolean;
  list: LinkedList<Task<Owner>> | undefined;
}

/** Its own place in its queue, and its own timer, so that a wait makes one object. */
export interface Poll<Owner> extends Linked, Timer {
  /** To hand it to `expire` of its queues. */
  readonly fire: () => void;
  readonly queue: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Most polls that may wait on one queue. */
  readonly most: number;
  /** Tries to hand out a task; false when the task turned out to be gone. */
  take(task: Task<Owner>): boolean;
  /** Called when nothing came until `deadline`. */
  expired(): void;
}

interface Queue<Owner> {
  /** By priority, highest first; a level exists only while it holds tasks. */
  readonly levels: { readonly priority: number; readonly tasks: LinkedList<Task<Owner>> }[];
  readonly waiting: LinkedList<Poll<Owner>>;
  /** While tasks are handed out the queue stays, even when it is empty for a moment. */
  isMatching: boolean;
}

/** Hands each task to exactly one poll: highest priority first, then the oldest; polls in order of arrival. */
export class TaskQueues<Owner> {
  readonly #queues = new Map<string, Queue<Owner>>();
  readonly #timers: Timers;
  readonly #canHandOut: () => boolean;

  /** While `canHandOut` says no everything waits; call `matchAll` when it says yes again. */
  constructor(timers: Timers, canHandOut: () => boolean) {
    this.#timers = timers;
    this.#canHandOut = canHandOut;
  }

  /** Keeps a task until `withdraw`, or until a later `match` or poll hands it out. */
  offer(offer: Offer, owner: Owner, again = false): Task<Owner> {
    const task: Task<Owner> = { offer, owner, again, list: undefined, previous: undefined, next: undefined };
    this.#keep(this.#queue(offer.queue), task);
    return task;
  }

  /** Hands out what the queue holds to the polls that wait on it. */
  match(name: string): void {
    const queue = this.#queues.get(name);
    if (queue !== undefined) this.#match(name, queue);
  }

  matchAll(): void {
    for (const name of [...this.#queues.keys()]) this.match(name);
  }

  withdraw(task: Task<Owner>): void {
    const list = task.list;
    if (list === undefined) return;
    remove(list, task);
    task.list = undefined;
    const queue = this.#queues.get(task.offer.queue);
    if (queue === undefined) return;
    const level = queue.levels.findIndex((candidate) => candidate.tasks === list);
    if (list.size === 0) queue.levels.splice(level, 1);
    this.#tidy(task.offer.queue, queue);
  }

  /** Takes a task now or waits for one, until it comes, `expire` or `leave`. */
  poll(poll: Poll<Owner>): void {
    if (this.pollers(poll.queue) >= poll.most) throw new Rejection('too-many-pollers');
    const queue = this.#queue(poll.queue);
    append(queue.waiting, poll);
    this.#timers.set(poll, poll.deadline);
    this.#match(poll.queue, queue);
  }

  /** Ends a poll's wait as if its time were up. */
  expire(poll: Poll<Owner>): void {
    this.leave(poll);
    poll.expired();
  }

  /** Ends a poll's wait, if it has not ended yet, without telling it. */
  leave(poll: Poll<Owner>): void {
    const queue = this.#queues.get(poll.queue);
    if (queue === undefined || !isWaiting(queue, poll)) return;
    this.#end(poll, queue);
    this.#tidy(poll.queue, queue);
  }

  /** Queues that hold anything at all. */
  get size(): number {
    return this.#queues.size;
  }

  /** Tasks kept and not yet handed out. */
  pending(name: string): number {
    let sum = 0;
    for (const level of this.#queues.get(name)?.levels ?? []) sum += level.tasks.size;
    return sum;
  }

  /** Polls waiting on that queue. */
  pollers(name: string): number {
    return this.#queues.get(name)?.waiting.size ?? 0;
  }

  /** Over all queues: tasks that wait for a poll, and polls that wait for a task. */
  totals(): { readonly tasks: number; readonly polls: number } {
    let tasks = 0;
    let polls = 0;
    for (const queue of this.#queues.values()) {
      for (const level of queue.levels) tasks += level.tasks.size;
      polls += queue.waiting.size;
    }
    return { tasks, polls };
  }

  /** Ends every wait as if its time were up. */
  expireAll(): void {
    for (const queue of [...this.#queues.values()]) {
      while (queue.waiting.first !== undefined) this.expire(queue.waiting.first);
    }
  }

  #match(name: string, queue: Queue<Owner>): void {
    if (!this.#canHandOut()) return;
    queue.isMatching = true;
    try {
      for (let waiting = queue.waiting.first; waiting !== undefined; waiting = queue.waiting.first) {
        const task = queue.levels[0]?.tasks.first;
        if (task === undefined) break;
        this.#end(waiting, queue);
        this.withdraw(task);
        if (!waiting.take(task)) this.#wait(waiting, queue);
      }
    } finally {
      queue.isMatching = false;
      this.#tidy(name, queue);
    }
  }

  /** Back to the head: the task it was matched with was gone, and its turn is not spent. */
  #wait(poll: Poll<Owner>, queue: Queue<Owner>): void {
    prepend(queue.waiting, poll);
    this.#timers.set(poll, poll.deadline);
  }

  #keep(queue: Queue<Owner>, task: Task<Owner>): void {
    const { priority, since } = task.offer;
    let at = 0;
    while (at < queue.levels.length && (queue.levels[at]?.priority as number) > priority) at++;
    let level = queue.levels[at];
    if (level?.priority !== priority) {
      level = { priority, tasks: createList() };
      queue.levels.splice(at, 0, level);
    }
    task.list = level.tasks;
    insertSorted(level.tasks, task, (earlier) => earlier.offer.since > since);
  }

  #queue(name: string): Queue<Owner> {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = { levels: [], waiting: createList(), isMatching: false };
      this.#queues.set(name, queue);
    }
    return queue;
  }

  #tidy(name: string, queue: Queue<Owner>): void {
    if (queue.levels.length === 0 && queue.waiting.size === 0 && !queue.isMatching) this.#queues.delete(name);
  }

  #end(poll: Poll<Owner>, queue: Queue<Owner>): void {
    remove(queue.waiting, poll);
    this.#timers.clear(poll);
  }
}

/** A poll whose timer has just fired waits until it is told. */
function isWaiting<Owner>({ waiting }: Queue<Owner>, poll: Poll<Owner>): boolean {
  return poll.previous !== undefined || waiting.first === poll;
}
