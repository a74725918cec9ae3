import type { Call } from '../../api.ts';
import type { UpdateSecretRequest, UpdateSecretResponse } from '../model/types.gen.ts';
import { readVersion } from '../resources/values.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export function updateSecret(
  { secrets }: SecretsManager,
  input: UpdateSecretRequest,
  call: Call,
): UpdateSecretResponse {
  const version = readVersion(input);
  const secret = secrets.update(call, input.SecretId, {
    description: input.Description,
    kmsKeyId: input.KmsKeyId,
    type: input.Type,
    version,
  });
  return { ...named(call, secret), ...(version !== undefined && { VersionId: version.id }) };
}
