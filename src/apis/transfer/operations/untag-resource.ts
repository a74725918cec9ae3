import type { Call } from '../../api.ts';
import type { UntagResourceRequest } from '../model/types.gen.ts';
import { findTagged } from '../resources/tagged.ts';
import { withoutTags } from '../resources/tags.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_UntagResource.html */
export function untagResource(transfer: Transfer, input: UntagResourceRequest, call: Call): void {
  const { name, tags, change } = findTagged(transfer, call, input.Arn);
  change(withoutTags(tags, input.TagKeys));
  if (name.kind !== 'server') return;
  transfer.listeners.follow({ account: call.account, region: call.region, id: name.serverId });
}
