import type { Call } from '../../api.ts';
import type { TagResourceRequest } from '../model/types.gen.ts';
import { readTags } from '../resources/tags.ts';
import type { SecretsManager } from '../secrets-manager.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export function tagResource({ secrets }: SecretsManager, input: TagResourceRequest, call: Call): void {
  const added = readTags(input.Tags);
  secrets.setTags(call, input.SecretId, (tags) => ({ ...tags, ...added }));
}
