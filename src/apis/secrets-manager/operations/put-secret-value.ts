import type { Call } from '../../api.ts';
import { invalidParameter } from '../faults.ts';
import type { PutSecretValueRequest, PutSecretValueResponse } from '../model/types.gen.ts';
import { readVersion } from '../resources/values.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export function putSecretValue(
  { secrets }: SecretsManager,
  input: PutSecretValueRequest,
  call: Call,
): PutSecretValueResponse {
  const version = readVersion(input);
  if (version === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  const secret = secrets.put(call, input.SecretId, { ...version, stages: input.VersionStages });
  const stages = secret.versions.find(({ id }) => id === version.id)?.stages ?? [];
  return { ...named(call, secret), VersionId: version.id, VersionStages: stages };
}
