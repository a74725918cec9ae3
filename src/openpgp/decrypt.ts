/** An armored private key block. */
export interface PrivateKey {
  readonly privateKey: string;
  readonly passphrase?: string;
}

export interface DecryptOptions {
  /** Of the plain text. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Decrypts a message; ends normally only after its integrity was verified. Throws `OpenPgpError`. */
export type DecryptOpenPgp = (
  input: AsyncIterable<Uint8Array>,
  keys: readonly PrivateKey[],
  options: DecryptOptions,
) => AsyncIterable<Uint8Array>;
