/** Why a message could not be decrypted; the message says it in words and holds nothing secret. */
export class OpenPgpError extends Error {
  override readonly name = 'OpenPgpError';
  readonly reason: OpenPgpReason;

  constructor(reason: OpenPgpReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type OpenPgpReason =
  | 'no-key'
  | 'wrong-passphrase'
  | 'damaged'
  | 'not-a-message'
  | 'too-large'
  | 'unsupported';

export const damaged = (message: string): OpenPgpError => new OpenPgpError('damaged', message);
export const unsupported = (message: string): OpenPgpError => new OpenPgpError('unsupported', message);
