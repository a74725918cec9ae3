interface World {
  readonly account: string;
  readonly region: string;
}

/** Whoever needs a secret to do its work; values are never logged, stored or shown by the reader. */
export interface SecretReader {
  /** What policies know the secret of that name by; undefined when there is none. */
  arnOf(world: World, name: string): Promise<string | undefined>;
  /** Current text of the secret of that name or ARN; undefined when there is none, or it is to be deleted. */
  read(world: World, name: string): Promise<string | undefined>;
}
