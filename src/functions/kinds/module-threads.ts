import type { FunctionSettings } from '../call-function.ts';
import type { ModuleThread } from './module-thread.ts';

/** How many idle threads stay for good, and how long the others do, in milliseconds. */
const FEW = 2;
const IDLE_TIME = 10_000;

/** How long a call waits for a thread that is busy before it is worth a new one, in milliseconds. */
const PATIENCE = 50;

/** A call's place among those that wait for a thread. */
export interface Turn {
  readonly thread: Promise<ModuleThread>;
  /** Rejects `thread` with the reason, unless it has been found already. */
  readonly leave: (reason: unknown) => void;
}

/**
 * The threads of one module, each of which serves one call at a time. Starting one costs as much as hundreds of short
 * calls, so calls first wait a little for a thread to become free, and threads start one after the other.
 */
export class ModuleThreads {
  readonly #newThread: () => ModuleThread;
  readonly #after: FunctionSettings['after'];
  readonly #idle: ModuleThread[] = [];
  /** How many were idle at every moment since idle threads were last counted. */
  #leastIdle = 0;
  #stopCounting: (() => void) | undefined;
  readonly #waiting = new Set<(thread: ModuleThread) => void>();
  #busy = 0;
  #starting: ModuleThread | undefined;
  /** Set while calls are given the time to find a thread: calls the start of another one off. */
  #callOff: (() => void) | undefined;

  constructor(newThread: () => ModuleThread, after: FunctionSettings['after']) {
    this.#newThread = newThread;
    this.#after = after;
  }

  /** A thread for one call, to be given back. */
  queue(): Turn {
    const { promise: thread, resolve: take, reject } = Promise.withResolvers<ModuleThread>();
    const idle = this.#takeIdle();
    if (idle !== undefined) {
      this.#busy++;
      take(idle);
    } else {
      this.#waiting.add(take);
      this.#startIfNeeded();
    }
    const leave = (reason: unknown): void => {
      if (!this.#waiting.delete(take)) return;
      reject(reason);
      this.#giveUp();
    };
    return { thread, leave };
  }

  giveBack(thread: ModuleThread): void {
    this.#busy--;
    if (thread.isUsable) this.#offer(thread);
    else void thread.end();
    this.#startIfNeeded();
  }

  /** Ends what no call uses. */
  async stop(): Promise<void> {
    this.#callOff?.();
    this.#stopCounting?.();
    await Promise.all([...this.#idle.splice(0), this.#starting].map((thread) => thread?.end()));
  }

  /** One may have ended while it was idle, by what its module had left running. */
  #takeIdle(): ModuleThread | undefined {
    let thread = this.#idle.pop();
    while (thread?.isUsable === false) thread = this.#idle.pop();
    this.#leastIdle = Math.min(this.#leastIdle, this.#idle.length);
    return thread;
  }

  #startIfNeeded(): void {
    if (this.#waiting.size === 0 || this.#starting !== undefined) return;
    if (this.#busy === 0) this.#start();
    else if (this.#callOff === undefined) this.#startLater();
  }

  /** Unless the call that has waited longest finds a thread until then. */
  #startLater(): void {
    const [first] = this.#waiting;
    this.#callOff = this.#after(PATIENCE, () => {
      this.#callOff = undefined;
      if (first !== undefined && this.#waiting.has(first)) this.#start();
      else this.#startIfNeeded();
    });
  }

  #start(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    const thread = this.#newThread();
    this.#starting = thread;
    void thread.started.then(() => {
      if (this.#starting !== thread) return;
      this.#starting = undefined;
      this.#offer(thread);
      this.#startIfNeeded();
    });
  }

  /** To the call that has waited longest. One that could not start tells that call why. */
  #offer(thread: ModuleThread): void {
    for (const take of this.#waiting) {
      this.#waiting.delete(take);
      this.#busy++;
      take(thread);
      return;
    }
    if (!thread.isUsable) {
      void thread.end();
      return;
    }
    this.#idle.push(thread);
    if (this.#idle.length > FEW && this.#stopCounting === undefined) this.#countIdle();
  }

  /** Ends those that nobody needed for a while; the others stay, since calls come in bursts. */
  #countIdle(): void {
    this.#leastIdle = this.#idle.length;
    this.#stopCounting = this.#after(IDLE_TIME, () => {
      this.#stopCounting = undefined;
      for (const thread of this.#idle.splice(0, Math.max(0, this.#leastIdle - FEW))) void thread.end();
      if (this.#idle.length > FEW) this.#countIdle();
    });
  }

  /** A module that never finishes loading must not keep others from being tried. */
  #giveUp(): void {
    if (this.#waiting.size > 0 || this.#starting === undefined) return;
    void this.#starting.end();
    this.#starting = undefined;
  }
}
