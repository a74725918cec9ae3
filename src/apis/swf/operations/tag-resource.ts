import type { Call } from '../../api.ts';
import type { TagResourceInput } from '../model/types.gen.ts';
import { updateDomain } from '../resources/domains.ts';
import { mergeTags, taggedDomain } from '../resources/tags.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_TagResource.html */
export function tagResource(swf: Swf, input: TagResourceInput, call: Call): void {
  const domain = taggedDomain(swf, call, input.resourceArn);
  updateDomain(swf, call, { ...domain, tags: mergeTags(domain.tags, input.tags, swf.limits.domainTags) });
}
