/** A text that is no key of a kind that is taken. */
export class SshKeyError extends Error {
  override readonly name = 'SshKeyError';
}
