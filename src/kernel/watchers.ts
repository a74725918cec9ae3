import { type Found, showLive } from './execution-reader.ts';
import { isDurablyClosed, type LiveExecution } from './live-execution.ts';

/** Called after a durable change; `ended` is the execution when that was its end. */
export type Changed = (ended: Found | undefined) => void;

/** Who wants to know when an execution has durably changed. */
export class Watchers {
  readonly #byId = new Map<string, Set<Changed>>();

  /** Calls after each durable change of that execution until the function given back is called. */
  watch(id: string, changed: Changed): () => void {
    let watchers = this.#byId.get(id);
    if (watchers === undefined) {
      watchers = new Set();
      this.#byId.set(id, watchers);
    }
    watchers.add(changed);
    return () => this.#unwatch(id, changed);
  }

  notify(execution: LiveExecution): void {
    const watchers = this.#byId.get(execution.identity.id);
    if (watchers === undefined) return;
    const ended = isDurablyClosed(execution) && !execution.isGone ? showLive(execution) : undefined;
    for (const changed of [...watchers]) changed(ended);
  }

  #unwatch(id: string, changed: Changed): void {
    const watchers = this.#byId.get(id);
    watchers?.delete(changed);
    if (watchers?.size === 0) this.#byId.delete(id);
  }
}
