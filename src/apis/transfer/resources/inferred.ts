/** Choices for which the vendor's documentation has no direct evidence. */
import type { State } from '../model/types.gen.ts';
import type { HostKey } from './documents.ts';

/** The key that a server gets when its client gives none; every SSH client knows this type. */
export const GENERATED_HOST_KEY = { type: 'rsa', bits: 3072 } as const;

/** The bound that is documented for host keys, taken for users too. */
export const SMALLEST_RSA_USER_KEY = 2048;

/** The one fingerprint that DescribeServer shows is that of the key that came last. */
export function shownFingerprint(keys: readonly HostKey[]): string | undefined {
  return keys.at(-1)?.fingerprint;
}

/** A structure in UpdateServer changes the members that it has, as its examples with one of several members suggest; one without any is none. */
export function merged<Details extends object>(
  before: Details | undefined,
  change: Details | undefined,
): Details | undefined {
  const all = { ...before, ...change };
  return Object.keys(all).length === 0 ? undefined : (all as Details);
}

/** What concerns the network can change only while nothing listens. */
export const mayChangeNetwork = (state: State): boolean => state === 'OFFLINE';

/** What holds for the users of identity providers until a server says otherwise. */
export const AUTHENTICATION_DEFAULT = { SftpAuthenticationMethods: 'PUBLIC_KEY_OR_PASSWORD' } as const;

/** Before FTPS has a say, an answer shows what holds for it. */
export const PROTOCOL_DEFAULTS = {
  PassiveIp: 'AUTO',
  TlsSessionResumptionMode: 'ENFORCED',
  SetStatOption: 'DEFAULT',
} as const;
