import { SecretRefused } from '../../../secrets/secret.ts';
import type { Call } from '../../api.ts';
import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/**
 * No secret has a policy; tools that keep a secret as it is described ask for it all the same.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 */
export function getResourcePolicy(
  { secrets }: SecretsManager,
  { SecretId: id }: GetResourcePolicyRequest,
  call: Call,
): GetResourcePolicyResponse {
  const secret = secrets.find(call, id);
  if (secret === undefined) throw new SecretRefused('unknown-secret', id);
  if (secret.deleteAt !== undefined) throw new SecretRefused('waits-for-deletion', secret.name);
  return named(call, secret);
}
