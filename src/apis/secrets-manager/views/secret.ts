import type { Secret, Tags, World } from '../../../secrets/secret.ts';
import { secretArn } from '../../../secrets/secret-arn.ts';
import type { SecretListEntry, Tag } from '../model/types.gen.ts';

/** What most answers begin with. */
export function named(world: World, secret: Secret): { readonly ARN: string; readonly Name: string } {
  return { ARN: secretArn(world, secret), Name: secret.name };
}

export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** What lists and descriptions have in common; labels are under different names in the two. */
export function secretDetails(world: World, secret: Secret): Omit<SecretListEntry, 'SecretVersionsToStages'> {
  const { type, description, kmsKeyId, accessedAt, deleteAt, tags } = secret;
  return {
    ...named(world, secret),
    ...(type !== undefined && { Type: type }),
    ...(description && { Description: description }),
    ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
    LastChangedDate: seconds(secret.changedAt),
    ...(accessedAt !== undefined && { LastAccessedDate: seconds(accessedAt) }),
    ...(deleteAt !== undefined && { DeletedDate: seconds(deleteAt) }),
    ...(tags !== undefined && { Tags: tagList(tags) }),
    CreatedDate: seconds(secret.createdAt),
  };
}

/** Versions without labels are deprecated, and not shown. */
export function versionStages({ versions }: Secret): Readonly<Record<string, readonly string[]>> | undefined {
  const labelled = versions.filter(({ stages }) => stages.length > 0);
  if (labelled.length === 0) return undefined;
  return Object.fromEntries(labelled.map(({ id, stages }) => [id, stages]));
}

const tagList = (tags: Tags): readonly Tag[] =>
  Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
