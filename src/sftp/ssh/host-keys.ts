import type { ParsedKey } from 'ssh2';
import { ssh2 } from './ssh2.ts';

export interface HostKey {
  /** Name of the algorithm that it is offered under. */
  readonly algorithm: string;
  readonly key: ParsedKey;
}

const RSA_ALGORITHMS = ['rsa-sha2-256', 'rsa-sha2-512', 'ssh-rsa'];

/** A key for each wanted algorithm that there is one for, in the order wanted. Throws when there is none, or one cannot be read. */
export function hostKeysFor(algorithms: readonly string[], texts: readonly string[]): readonly HostKey[] {
  const keys = texts.map(readKey);
  const offered = algorithms.flatMap((algorithm) => {
    const type = RSA_ALGORITHMS.includes(algorithm) ? 'ssh-rsa' : algorithm;
    const key = keys.find((one) => one.type === type);
    return key === undefined ? [] : [{ algorithm, key }];
  });
  if (offered.length > 0) return offered;
  const types = keys.map(({ type }) => type).join(', ') || 'none';
  throw new Error(`No host key is of a type that may be used: ${algorithms.join(', ')}; there are: ${types}`);
}

function readKey(text: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw new Error(`A host key cannot be read: ${parsed.message}`);
  const key: ParsedKey | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined || !key.isPrivateKey()) throw new Error('A host key is not a private key');
  return key;
}
