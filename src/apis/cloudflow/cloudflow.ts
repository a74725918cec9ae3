import type { Clock } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { KeyedLock } from '../../lib/keyed-lock.ts';
import type { Rates } from '../../lib/rates.ts';
import type { RolePolicies } from '../../policy/roles.ts';
import type { PageTokens } from '../../wire/page-tokens.ts';
import type { CloudflowLimits } from './limits.ts';

/** What the operations of this API work with. */
export interface Cloudflow {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly limits: CloudflowLimits;
  readonly rates: Rates;
  readonly pageTokens: PageTokens;
  /** Makes the MACs of task tokens. */
  readonly tokenMac: (text: string) => string;
  /** Held while an execution of a given name is looked for and started. */
  readonly starting: KeyedLock;
  /** What the tasks of flows may do. */
  readonly roles: RolePolicies;
  /** Where clients reach this server, as `host:port`. */
  readonly endpoint: () => string;
}
