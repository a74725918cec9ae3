import type { Call } from '../../api.ts';
import type { TagResourceRequest } from '../model/types.gen.ts';
import { findTagged } from '../resources/tagged.ts';
import { mergeTags } from '../resources/tags.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_TagResource.html */
export function tagResource(transfer: Transfer, input: TagResourceRequest, call: Call): void {
  const { name, tags, change } = findTagged(transfer, call, input.Arn);
  change(mergeTags(tags, input.Tags));
  if (name.kind !== 'server') return;
  transfer.listeners.follow({ account: call.account, region: call.region, id: name.serverId });
}
