import type { Call } from '../../api.ts';
import type { GetSecretValueRequest, GetSecretValueResponse } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named, seconds } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export function getSecretValue(
  { secrets }: SecretsManager,
  input: GetSecretValueRequest,
  call: Call,
): GetSecretValueResponse {
  const wanted = { versionId: input.VersionId, stage: input.VersionStage };
  const { secret, version, value } = secrets.value(call, input.SecretId, wanted);
  return {
    ...named(call, secret),
    VersionId: version.id,
    ...(value.kind === 'text' ? { SecretString: value.text } : { SecretBinary: value.base64 }),
    VersionStages: version.stages,
    CreatedDate: seconds(version.createdAt),
  };
}
