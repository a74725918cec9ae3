import { type Secret, SecretRefused, type SecretVersion } from '../../../secrets/secret.ts';
import type { Call } from '../../api.ts';
import { DEFAULT_KEY } from '../inferred.ts';
import type {
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  SecretVersionsListEntry,
} from '../model/types.gen.ts';
import { pageOf, sortable } from '../pages.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { named, seconds } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export function listSecretVersionIds(
  manager: SecretsManager,
  input: ListSecretVersionIdsRequest,
  call: Call,
): ListSecretVersionIdsResponse {
  const secret = manager.secrets.find(call, input.SecretId);
  if (secret === undefined) throw new SecretRefused('unknown-secret', input.SecretId);
  const { items, next } = pageOf(manager, {
    operation: 'ListSecretVersionIds',
    input,
    call,
    items: secret.versions.filter(({ stages }) => input.IncludeDeprecated === true || stages.length > 0),
    keyOf: ({ id, createdAt }) => `${sortable(createdAt)} ${id}`,
    order: 'desc',
  });
  return { Versions: items.map((version) => versionEntry(secret, version)), ...next, ...named(call, secret) };
}

function versionEntry(
  { kmsKeyId = DEFAULT_KEY }: Secret,
  { id, stages, createdAt, accessedAt }: SecretVersion,
): SecretVersionsListEntry {
  return {
    VersionId: id,
    ...(stages.length > 0 && { VersionStages: stages }),
    ...(accessedAt !== undefined && { LastAccessedDate: seconds(accessedAt) }),
    CreatedDate: seconds(createdAt),
    KmsKeyIds: [kmsKeyId],
  };
}
