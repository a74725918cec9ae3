/** Whose secrets: accounts and regions share nothing. */
export interface World {
  readonly account: string;
  readonly region: string;
}

export type Tags = Readonly<Record<string, string>>;

/** A named secret as it is stored; what its versions hold is kept apart, sealed. Times are epoch milliseconds. */
export interface Secret {
  readonly name: string;
  /** Six letters and digits that tell it from earlier secrets of the same name. */
  readonly suffix: string;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly type?: string | undefined;
  /** Undefined until it gets some; what has lost all of them has none. */
  readonly tags?: Tags | undefined;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Midnight (UTC) of the day on which a value was last read. */
  readonly accessedAt?: number | undefined;
  /** When it will be gone; set while it waits for its deletion. */
  readonly deleteAt?: number | undefined;
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
}

export interface SecretVersion {
  readonly id: string;
  readonly createdAt: number;
  readonly accessedAt?: number | undefined;
  /** Labels, each at one version of the secret only; a version without any is deprecated. */
  readonly stages: readonly string[];
}

export type SecretValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly base64: string };

export type SecretReason =
  | 'unknown-secret'
  | 'unknown-version'
  | 'unknown-stage'
  | 'stage-elsewhere'
  | 'stage-not-from-there'
  | 'current-stage-stays'
  | 'exists'
  | 'version-exists'
  | 'waits-for-deletion'
  | 'name-waits-for-deletion'
  | 'unreadable'
  | 'too-many-secrets'
  | 'too-many-versions'
  | 'too-many-stages'
  | 'too-many-tags';

/** A request to the secrets refused; nothing has changed. `subject` is a name, never a value. */
export class SecretRefused extends Error {
  override readonly name = 'SecretRefused';
  readonly reason: SecretReason;
  readonly subject: string;

  constructor(reason: SecretReason, subject: string) {
    super(`${reason}: ${subject}`);
    this.reason = reason;
    this.subject = subject;
  }
}
