import type { Call } from '../../api.ts';
import type { ListTagsForResourceRequest, ListTagsForResourceResponse, Tag } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { findTagged } from '../resources/tagged.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource(
  transfer: Transfer,
  input: ListTagsForResourceRequest,
  call: Call,
): ListTagsForResourceResponse {
  const { shown } = findTagged(transfer, call, input.Arn);
  const keyOf = ({ Key: key }: Tag): string => key;
  const tags = shown.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const query = queryOf('ListTagsForResource', input, call);
  const { items, next } = pageOf(transfer, { query, input }, { items: tags, keyOf });
  return { Arn: input.Arn, Tags: items, ...next };
}
