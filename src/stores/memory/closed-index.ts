import type { ClosedFilter } from '../../kernel/store.ts';
import type { Execution } from './shard.ts';

type Names = Map<string, Set<Execution>>;

/** Closed executions by scope and name: whoever starts one by a name asks for those that had it before. */
export class ClosedIndex {
  readonly #scopes = new Map<string, Names>();

  add(execution: Execution): void {
    const { head } = execution;
    const scope = scopeKey(head);
    const names: Names = this.#scopes.get(scope) ?? new Map();
    this.#scopes.set(scope, names);
    const named = names.get(head.name) ?? new Set();
    names.set(head.name, named.add(execution));
  }

  remove(execution: Execution): void {
    const { head } = execution;
    const names = this.#scopes.get(scopeKey(head));
    const named = names?.get(head.name);
    named?.delete(execution);
    if (named?.size === 0) names?.delete(head.name);
  }

  /** All that may meet the filter. */
  *candidates(filter: Pick<ClosedFilter, 'api' | 'scope' | 'name'>): Iterable<Execution> {
    const names = this.#scopes.get(scopeKey(filter));
    if (names === undefined) return;
    if (filter.name !== undefined) yield* names.get(filter.name) ?? [];
    else for (const named of names.values()) yield* named;
  }
}

const scopeKey = ({ api, scope }: { readonly api: string; readonly scope: string }): string =>
  `${api} ${scope}`;
