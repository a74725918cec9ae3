export interface SecretLimits {
  /** Of an account and region. */
  readonly secrets: number;
  /** Of each secret. */
  readonly versions: number;
  readonly tags: number;
  /** Of each version. */
  readonly stages: number;
}
