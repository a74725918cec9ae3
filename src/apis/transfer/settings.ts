export interface TransferSettings {
  readonly sftp: { readonly host: string; readonly ports: { readonly first: number; readonly last: number } };
  readonly throttle: 'none' | 'aws';
  readonly endedExecutions: 'visible' | 'hidden';
  /** Of names under which clients upload what they rename when it is whole. */
  readonly temporarySuffixes: readonly string[];
  /** Signs requests to identity providers; absent where nobody has a key. */
  readonly providerKey?: { readonly id: string; readonly secret: string } | undefined;
}
