import type { Call } from '../../api.ts';
import { fault } from '../faults.ts';
import type { CreateSecretRequest, CreateSecretResponse } from '../model/types.gen.ts';
import { mustBeName } from '../names.ts';
import { readTags } from '../resources/tags.ts';
import { readVersion } from '../resources/values.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export function createSecret(
  { secrets }: SecretsManager,
  input: CreateSecretRequest,
  call: Call,
): CreateSecretResponse {
  mustBeName(input.Name);
  if (input.AddReplicaRegions !== undefined && input.AddReplicaRegions.length > 0)
    throw fault('InvalidRequestException', 'AddReplicaRegions: replication is not supported by Orrery');
  const version = readVersion(input);
  const secret = secrets.create(call, {
    name: input.Name,
    description: input.Description,
    kmsKeyId: input.KmsKeyId,
    type: input.Type,
    tags: input.Tags && readTags(input.Tags),
    version,
  });
  return { ...named(call, secret), ...(version !== undefined && { VersionId: version.id }) };
}
