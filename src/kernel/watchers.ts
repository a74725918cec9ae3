/** Who wants to know when an execution has durably changed. */
export class Watchers {
  readonly #byId = new Map<string, Set<() => void>>();

  /** Calls after each durable change of that execution until the function given back is called. */
  watch(id: string, changed: () => void): () => void {
    let watchers = this.#byId.get(id);
    if (watchers === undefined) {
      watchers = new Set();
      this.#byId.set(id, watchers);
    }
    watchers.add(changed);
    return () => this.#unwatch(id, changed);
  }

  notify(id: string): void {
    if (this.#byId.size === 0) return;
    for (const changed of [...(this.#byId.get(id) ?? [])]) changed();
  }

  #unwatch(id: string, changed: () => void): void {
    const watchers = this.#byId.get(id);
    watchers?.delete(changed);
    if (watchers?.size === 0) this.#byId.delete(id);
  }
}
