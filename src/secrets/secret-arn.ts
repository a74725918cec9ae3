import type { Secret, World } from './secret.ts';

const SUFFIX = /^(?<name>.+)-(?<suffix>[0-9A-Za-z]{6})$/s;

/** `arn:aws:secretsmanager:us-east-1:123456789012:secret:payments/key-a1B2c3` */
export function secretArn(world: World, { name, suffix }: Pick<Secret, 'name' | 'suffix'>): string {
  return `${arnPrefix(world)}${name}-${suffix}`;
}

/** What an id may mean, likelier first: a name, an ARN, or an ARN without its suffix. Nothing in another account or region. */
export function readSecretId(
  world: World,
  id: string,
): readonly { readonly name: string; readonly suffix?: string | undefined }[] {
  if (!id.startsWith('arn:')) return [{ name: id }];
  const prefix = arnPrefix(world);
  if (!id.startsWith(prefix)) return [];
  const rest = id.slice(prefix.length);
  const { name, suffix } = SUFFIX.exec(rest)?.groups ?? {};
  return name === undefined ? [{ name: rest }] : [{ name, suffix }, { name: rest }];
}

const arnPrefix = ({ account, region }: World): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:`;
