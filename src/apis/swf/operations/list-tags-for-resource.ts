import type { Call } from '../../api.ts';
import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '../model/types.gen.ts';
import { taggedDomain } from '../resources/tags.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListTagsForResource.html */
export function listTagsForResource(
  swf: Swf,
  input: ListTagsForResourceInput,
  call: Call,
): ListTagsForResourceOutput {
  const { tags } = taggedDomain(swf, call, input.resourceArn);
  return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
}
