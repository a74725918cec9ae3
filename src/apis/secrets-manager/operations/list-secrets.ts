import type { Secret } from '../../../secrets/secret.ts';
import type { Call } from '../../api.ts';
import { DEFAULT_SORT } from '../inferred.ts';
import type { ListSecretsRequest, ListSecretsResponse, SortByType } from '../model/types.gen.ts';
import { pageOf, sortable } from '../pages.ts';
import { fitsFilters } from '../resources/filters.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import { secretDetails, versionStages } from '../views/secret.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export function listSecrets(
  manager: SecretsManager,
  input: ListSecretsRequest,
  call: Call,
): ListSecretsResponse {
  const { Filters: filters = [], IncludePlannedDeletion: withDeleted = false } = input;
  const by = input.SortBy ?? DEFAULT_SORT.by;
  const { items, next } = pageOf(manager, {
    operation: 'ListSecrets',
    input,
    call,
    items: manager.secrets
      .list(call)
      .filter((secret) => (withDeleted || secret.deleteAt === undefined) && fitsFilters(secret, filters)),
    keyOf: (secret) => `${SORT_KEYS[by](secret)} ${secret.name}`,
    order: input.SortOrder ?? DEFAULT_SORT.order,
  });
  const list = items.map((secret) => {
    const stages = versionStages(secret);
    return {
      ...secretDetails(call, secret),
      ...(stages !== undefined && { SecretVersionsToStages: stages }),
    };
  });
  return { SecretList: list, ...next };
}

const SORT_KEYS: Readonly<Record<SortByType, (secret: Secret) => string>> = {
  'created-date': ({ createdAt }) => sortable(createdAt),
  'last-accessed-date': ({ accessedAt = 0 }) => sortable(accessedAt),
  'last-changed-date': ({ changedAt }) => sortable(changedAt),
  name: ({ name }) => name,
};
