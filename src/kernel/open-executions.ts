import type { LiveExecution } from './live-execution.ts';

interface Scope {
  /** In order of start, unless something was added late. */
  byId: Map<string, LiveExecution>;
  newest: number;
  isSorted: boolean;
}

/** The open executions of each scope in order of their start. */
export class OpenExecutions {
  readonly #scopes = new Map<string, Scope>();

  add(execution: LiveExecution): void {
    const { api, scope: name, id, startedAt } = execution.identity;
    const key = scopeKey(api, name);
    let scope = this.#scopes.get(key);
    if (scope === undefined) {
      scope = { byId: new Map(), newest: Number.NEGATIVE_INFINITY, isSorted: true };
      this.#scopes.set(key, scope);
    }
    scope.byId.set(id, execution);
    if (startedAt < scope.newest) scope.isSorted = false;
    else scope.newest = startedAt;
  }

  remove(execution: LiveExecution): void {
    const key = scopeKey(execution.identity.api, execution.identity.scope);
    const scope = this.#scopes.get(key);
    if (scope?.byId.get(execution.identity.id) !== execution) return;
    scope.byId.delete(execution.identity.id);
    if (scope.byId.size === 0) this.#scopes.delete(key);
  }

  get size(): number {
    let size = 0;
    for (const scope of this.#scopes.values()) size += scope.byId.size;
    return size;
  }

  count(api: string, scope: string): number {
    return this.#scopes.get(scopeKey(api, scope))?.byId.size ?? 0;
  }

  /** Oldest start first. */
  in(api: string, name: string): Iterable<LiveExecution> {
    const scope = this.#scopes.get(scopeKey(api, name));
    if (scope === undefined) return [];
    if (!scope.isSorted) sort(scope);
    return scope.byId.values();
  }

  /** Scopes of an API that hold any. */
  *scopes(api: string): Iterable<string> {
    const start = scopeKey(api, '');
    for (const key of this.#scopes.keys()) if (key.startsWith(start)) yield key.slice(start.length);
  }

  *all(): Iterable<LiveExecution> {
    for (const scope of this.#scopes.values()) yield* scope.byId.values();
  }
}

/** Reading from the store gives them shard by shard. */
function sort(scope: Scope): void {
  const entries = [...scope.byId].sort(([, a], [, b]) => a.identity.startedAt - b.identity.startedAt);
  scope.byId = new Map(entries);
  scope.isSorted = true;
}

function scopeKey(api: string, scope: string): string {
  return `${api}|${scope}`;
}
