/** Choices that the vendor's documentation leaves open: one name each, so that a correction is one edit. */

/** The name of a decrypted file; never the one that is inside the message. */
export function decryptedName(name: string): string {
  return name.replace(/(?<=.)\.(?:gpg|pgp|asc)$/i, '');
}
