/** The vendor's page where the client does not say. */
export const DEFAULT_PAGE = 60;

/** One page of a list that is in memory as a whole. As with the vendor, `NextToken` is the key of the next entry. */
export function pageOf<Item>(
  input: { readonly NextToken?: string; readonly Limit?: number },
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { readonly page: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const { NextToken: token, Limit: size = DEFAULT_PAGE } = input;
  const first = token === undefined ? 0 : firstFrom(items, keyOf, token);
  const behind = items[first + size];
  const next = behind === undefined ? {} : { NextToken: keyOf(behind) };
  return { page: items.slice(first, first + size), next };
}

/** The next entry may be gone since: the one behind its place goes on. Keys ascend, or descend throughout. */
function firstFrom<Item>(items: readonly Item[], keyOf: (item: Item) => string, token: string): number {
  const [one, other] = [items[0], items.at(-1)];
  if (one === undefined || other === undefined) return 0;
  const isAscending = keyOf(one) <= keyOf(other);
  const found = items.findIndex((item) => (isAscending ? keyOf(item) >= token : keyOf(item) <= token));
  return found < 0 ? items.length : found;
}
