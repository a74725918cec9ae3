import { percentEncode } from './percent-encode.ts';

/** The parts of a request that Alibaba's signatures cover. */
export interface AlibabaRequest {
  readonly method: string;
  /** As Node gives them, names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the query alone, decoded. */
  readonly query: ReadonlyMap<string, string>;
  /** Of query and form body together, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What a request says of its own signature, before any of it has been checked. */
export interface AlibabaClaim {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly nonce: string;
  /** When it was signed, as sent, and where that stands. */
  readonly time: { readonly text: string; readonly name: string };
  readonly isSignedWith: (secret: string) => boolean;
}

/** Sorted by name, encoded again: clients encode less strictly what they send than what they sign. */
export function canonicalParameters(parameters: Iterable<readonly [string, string]>): string {
  return [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}
