import type { Call } from '../api.ts';
import type { SecretsManager } from './secrets-manager.ts';

const DEFAULT_PAGE_SIZE = 100;

interface PagedInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** What a page token is bound to: the operation, the caller's world, and every argument but those that page. */
function queryOf(operation: string, input: object, { account, region }: Call): string {
  const { NextToken: _token, MaxResults: _size, ...rest } = input as Record<string, unknown>;
  const entries = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([operation, account, region, entries]);
}

interface Listing<Item> {
  readonly operation: string;
  readonly input: PagedInput;
  readonly call: Call;
  readonly items: readonly Item[];
  /** Unique among the items. */
  readonly keyOf: (item: Item) => string;
  readonly order: 'asc' | 'desc';
}

/** One page of a list that is in memory as a whole, by the items' keys. */
export function pageOf<Item>(
  { pageTokens }: SecretsManager,
  { operation, input, call, items, keyOf, order }: Listing<Item>,
): { readonly items: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const query = queryOf(operation, input, call);
  const { NextToken: token, MaxResults: size = DEFAULT_PAGE_SIZE } = input;
  const after = token === undefined ? undefined : String(pageTokens.read(query, token));
  const sign = order === 'asc' ? 1 : -1;
  const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -sign : sign);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || compare(key, after) > 0)
    .sort((a, b) => compare(a.key, b.key));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const isLast = rest.length <= size || last === undefined;
  return {
    items: page.map(({ item }) => item),
    next: isLast ? {} : { NextToken: pageTokens.write(query, last.key) },
  };
}

/** Numbers as texts that sort as they do. */
export const sortable = (value: number): string => String(value).padStart(16, '0');
