import { SecretRefused } from '../../../secrets/secret.ts';
import type { Call } from '../../api.ts';
import type { DescribeSecretRequest, DescribeSecretResponse } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { secretDetails, versionStages } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export function describeSecret(
  { secrets }: SecretsManager,
  { SecretId: id }: DescribeSecretRequest,
  call: Call,
): DescribeSecretResponse {
  const secret = secrets.find(call, id);
  if (secret === undefined) throw new SecretRefused('unknown-secret', id);
  const stages = versionStages(secret);
  return { ...secretDetails(call, secret), ...(stages !== undefined && { VersionIdsToStages: stages }) };
}
