import type { Call } from '../../api.ts';
import type { UntagResourceInput } from '../model/types.gen.ts';
import { updateDomain } from '../resources/domains.ts';
import { taggedDomain } from '../resources/tags.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_UntagResource.html */
export function untagResource(swf: Swf, input: UntagResourceInput, call: Call): void {
  const domain = taggedDomain(swf, call, input.resourceArn);
  const kept = Object.entries(domain.tags).filter(([key]) => !input.tagKeys.includes(key));
  updateDomain(swf, call, { ...domain, tags: Object.fromEntries(kept) });
}
