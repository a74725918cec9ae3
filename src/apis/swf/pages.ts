import type { Call } from '../api.ts';
import type { Swf } from './swf.ts';

const DEFAULT_PAGE_SIZE = 1000;

/** Absent or 0 means the default. */
export function pageSize(maximumPageSize: number | undefined): number {
  return maximumPageSize === undefined || maximumPageSize === 0 ? DEFAULT_PAGE_SIZE : maximumPageSize;
}

/** What a page token is bound to: the operation, the caller's world, and every argument but those that page. */
export function queryOf(operation: string, input: object, { account, region }: Call): string {
  const { nextPageToken: _token, maximumPageSize: _size, ...rest } = input as Record<string, unknown>;
  return JSON.stringify([operation, account, region, Object.entries(rest).sort(byKey)]);
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

interface PagedInput {
  readonly nextPageToken?: string | undefined;
  readonly maximumPageSize?: number | undefined;
  readonly reverseOrder?: boolean | undefined;
}

/** One page of a list that is in memory as a whole; `keyOf` is unique and ascending along the list. */
export function pageOf<Item>(
  swf: Swf,
  request: { readonly query: string; readonly input: PagedInput },
  list: { readonly items: readonly Item[]; readonly keyOf: (item: Item) => string },
): { readonly items: Item[]; readonly nextPageToken?: string } {
  const { query, input } = request;
  const { keyOf } = list;
  const after =
    input.nextPageToken === undefined
      ? undefined
      : String(swf.tokens.readPageToken(query, input.nextPageToken));
  const ordered = input.reverseOrder === true ? list.items.toReversed() : list.items;
  const isBehind = (key: string): boolean =>
    after === undefined || (input.reverseOrder === true ? key < after : key > after);
  const rest = ordered.filter((item) => isBehind(keyOf(item)));
  const size = pageSize(input.maximumPageSize);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  if (rest.length <= size || last === undefined) return { items };
  return { items, nextPageToken: swf.tokens.pageToken(query, keyOf(last)) };
}
