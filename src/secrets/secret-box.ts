/** Keeps texts unreadable at rest: AES-256-GCM under the installation's master key. */
export interface SecretBox {
  /** `purpose` is bound to the result: what was sealed for one thing cannot be opened as another. */
  seal(text: string, purpose: string): string;
  /** Throws when it was sealed under another key or for another purpose, or was changed. */
  open(sealed: string, purpose: string): string;
}
