import type { Call } from '../../api.ts';
import type { RestoreSecretRequest, RestoreSecretResponse } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export function restoreSecret(
  { secrets }: SecretsManager,
  { SecretId: id }: RestoreSecretRequest,
  call: Call,
): RestoreSecretResponse {
  return named(call, secrets.restore(call, id));
}
