import type { Call } from '../../api.ts';
import type { UntagResourceRequest } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export function untagResource({ secrets }: SecretsManager, input: UntagResourceRequest, call: Call): void {
  const isKept = ([key]: readonly [string, string]): boolean => !input.TagKeys.includes(key);
  secrets.setTags(call, input.SecretId, (tags) => Object.fromEntries(Object.entries(tags).filter(isKept)));
}
