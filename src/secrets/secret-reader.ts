/** Whoever needs a secret to do its work; values are never logged, stored or shown by the reader. */
export interface SecretReader {
  /** Current text of the secret of that name or ARN; undefined when there is none, or it is to be deleted. */
  read(
    world: { readonly account: string; readonly region: string },
    name: string,
  ): Promise<string | undefined>;
}
