import type { PageTokens } from '../../wire/page-tokens.ts';
import type { Call } from '../api.ts';

const DEFAULT_PAGE_SIZE = 1000;

interface PagedInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: { readonly NextToken?: string };
}

/** What a page token is bound to: the operation, the caller's world, and every argument but those that page. */
export function queryOf(operation: string, input: object, { account, region }: Call): string {
  const { NextToken: _token, MaxResults: _size, ...rest } = input as Record<string, unknown>;
  const entries = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([operation, account, region, entries]);
}

/** One page of a list that is in memory as a whole; `keyOf` is unique and ascending along the list. */
export function pageOf<Item>(
  { pageTokens }: { readonly pageTokens: PageTokens },
  { query, input }: { readonly query: string; readonly input: PagedInput },
  list: { readonly items: readonly Item[]; readonly keyOf: (item: Item) => string },
): Page<Item> {
  const { items, keyOf } = list;
  const { NextToken: token, MaxResults: size = DEFAULT_PAGE_SIZE } = input;
  const after = token === undefined ? undefined : String(pageTokens.read(query, token));
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  if (rest.length <= size || last === undefined) return { items: page, next: {} };
  return { items: page, next: { NextToken: pageTokens.write(query, keyOf(last)) } };
}
