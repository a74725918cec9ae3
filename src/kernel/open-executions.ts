import type { LiveExecution } from './live-execution.ts';

/** The open executions of each scope in order of their start. */
export class OpenExecutions {
  readonly #scopes = new Map<string, Map<string, LiveExecution>>();

  add(execution: LiveExecution): void {
    const key = scopeKey(execution.identity.api, execution.identity.scope);
    let scope = this.#scopes.get(key);
    if (scope === undefined) {
      scope = new Map();
      this.#scopes.set(key, scope);
    }
    scope.set(execution.identity.id, execution);
  }

  remove(execution: LiveExecution): void {
    const key = scopeKey(execution.identity.api, execution.identity.scope);
    const scope = this.#scopes.get(key);
    scope?.delete(execution.identity.id);
    if (scope?.size === 0) this.#scopes.delete(key);
  }

  count(api: string, scope: string): number {
    return this.#scopes.get(scopeKey(api, scope))?.size ?? 0;
  }

  /** Oldest start first. */
  in(api: string, scope: string): Iterable<LiveExecution> {
    return this.#scopes.get(scopeKey(api, scope))?.values() ?? [];
  }

  *all(): Iterable<LiveExecution> {
    for (const scope of this.#scopes.values()) yield* scope.values();
  }
}

function scopeKey(api: string, scope: string): string {
  return `${api}|${scope}`;
}
