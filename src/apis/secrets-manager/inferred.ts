/** Choices that the vendor's documentation leaves open. */

/** How secrets are ordered by a request that does not say it: the documentation names the date of creation; recorded answers begin with the oldest. */
export const DEFAULT_SORT = { by: 'created-date', order: 'asc' } as const;

/** What `KmsKeyIds` names where a secret has no key of its own. */
export const DEFAULT_KEY = 'DefaultEncryptionKey';

/**
 * Of the values of one filter one must fit; those that begin with an exclamation mark must not fit, any of them.
 */
export function fitsValues(values: readonly string[], fits: (value: string) => boolean): boolean {
  const wanted = values.filter((value) => !value.startsWith('!'));
  const unwanted = values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
  return (wanted.length === 0 || wanted.some(fits)) && !unwanted.some(fits);
}

/** A word of a search fits where a word of the secret begins with it. */
export function fitsWord(words: readonly string[], word: string): boolean {
  return words.some((candidate) => candidate.startsWith(word));
}
