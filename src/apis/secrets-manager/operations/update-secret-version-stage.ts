import type { Call } from '../../api.ts';
import { invalidParameter } from '../faults.ts';
import type {
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export function updateSecretVersionStage(
  { secrets }: SecretsManager,
  input: UpdateSecretVersionStageRequest,
  call: Call,
): UpdateSecretVersionStageResponse {
  const { SecretId: id, VersionStage: stage, RemoveFromVersionId: from, MoveToVersionId: to } = input;
  if (from === undefined && to === undefined)
    throw invalidParameter('You must provide RemoveFromVersionId, MoveToVersionId or both.');
  return named(call, secrets.moveStage(call, id, { stage, from, to }));
}
