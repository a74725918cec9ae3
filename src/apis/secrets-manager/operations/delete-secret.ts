import type { Call } from '../../api.ts';
import { invalidParameter } from '../faults.ts';
import type { DeleteSecretRequest, DeleteSecretResponse } from '../model/types.gen.ts';
import { arnOfUnknown } from '../names.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named, seconds } from '../views/secret.ts';

const DAY_MS = 86_400_000;
const WINDOW = { least: 7, most: 30 };

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export function deleteSecret(
  manager: SecretsManager,
  input: DeleteSecretRequest,
  call: Call,
): DeleteSecretResponse {
  const { SecretId: id, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced } = input;
  if (isForced === true && days !== undefined)
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  if (days !== undefined && (days < WINDOW.least || days > WINDOW.most))
    throw invalidParameter(
      `The RecoveryWindowInDays value must be between ${WINDOW.least} and ${WINDOW.most} days (inclusive).`,
    );
  if (isForced === true) return deleteAtOnce(manager, id, call);
  const time = manager.now() + (days ?? WINDOW.most) * DAY_MS;
  const secret = manager.secrets.deleteAt(call, id, time);
  return { ...named(call, secret), DeletionDate: seconds(time) };
}

/** Forcing is made to be repeated: a secret that is not there is as good as deleted. */
function deleteAtOnce({ secrets, now }: SecretsManager, id: string, call: Call): DeleteSecretResponse {
  const secret = secrets.deleteNow(call, id);
  const names = secret === undefined ? { ARN: arnOfUnknown(call, id), Name: id } : named(call, secret);
  return { ...names, DeletionDate: seconds(now()) };
}
