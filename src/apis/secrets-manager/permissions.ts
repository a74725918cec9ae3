import type { World } from '../../secrets/secret.ts';
import { secretArn } from '../../secrets/secret-arn.ts';
import type { Permission } from '../api.ts';
import type { Tag } from './model/types.gen.ts';
import { arnOfUnknown } from './names.ts';
import type { SecretsManager } from './secrets-manager.ts';

type Values = Readonly<Record<string, unknown>>;

/** Members that policies can test, with the condition key of each. */
const CONDITION_KEYS: Readonly<Record<string, string>> = {
  Name: 'secretsmanager:Name',
  Description: 'secretsmanager:Description',
  KmsKeyId: 'secretsmanager:KmsKeyId',
  VersionId: 'secretsmanager:VersionId',
  VersionStage: 'secretsmanager:VersionStage',
  RecoveryWindowInDays: 'secretsmanager:RecoveryWindowInDays',
  ForceDeleteWithoutRecovery: 'secretsmanager:ForceDeleteWithoutRecovery',
};

/**
 * What a request needs to be allowed: its action on the secret that it names, `*` where it names none; see "Actions, resources, and
 * condition keys for AWS Secrets Manager" of the vendor's Service Authorization Reference.
 */
export function requestPermission(
  { secrets }: SecretsManager,
  { operation, input }: { readonly operation: string; readonly input: Values },
  world: World,
): Permission {
  const action = `secretsmanager:${operation}`;
  const id = operation === 'CreateSecret' ? input.Name : input.SecretId;
  const conditions = conditionsOf(input);
  if (typeof id !== 'string') return { action, resource: '*', context: conditions };
  const secret = operation === 'CreateSecret' ? undefined : secrets.find(world, id);
  const resource = secret === undefined ? arnOfUnknown(world, id) : secretArn(world, secret);
  const context = {
    ...conditions,
    ...(operation !== 'CreateSecret' && { 'secretsmanager:SecretId': resource }),
    ...resourceTags(secret?.tags ?? {}),
  };
  return { action, resource, context };
}

function conditionsOf(input: Values): Permission['context'] {
  const context: Record<string, string | readonly string[]> = {};
  for (const [member, key] of Object.entries(CONDITION_KEYS))
    if (input[member] !== undefined) context[key] = String(input[member]);
  const { Tags: tags = [], TagKeys: keys } = input as { Tags?: readonly Tag[]; TagKeys?: readonly string[] };
  for (const { Key: key, Value: value = '' } of tags) context[`aws:RequestTag/${key}`] = value;
  const named = keys ?? tags.flatMap(({ Key: key }) => key ?? []);
  if (named.length > 0) context['aws:TagKeys'] = named;
  return context;
}

const resourceTags = (tags: Readonly<Record<string, string>>): Permission['context'] =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`secretsmanager:ResourceTag/${key}`, value],
      [`aws:ResourceTag/${key}`, value],
    ]),
  );
