import type { Kernel } from '../../kernel/kernel.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { PageTokens } from '../../wire/page-tokens.ts';

/** What the operations of this API work with. */
export interface SecretsManager {
  readonly kernel: Pick<Kernel, 'durable'>;
  readonly secrets: Secrets;
  readonly pageTokens: PageTokens;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
