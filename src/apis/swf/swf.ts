import type { Kernel } from '../../kernel/kernel.ts';
import type { SwfLimits } from './limits.ts';
import type { Rates } from './rates.ts';
import type { Tokens } from './tokens.ts';

/** What the operations of this API work with. */
export interface Swf {
  readonly kernel: Kernel;
  readonly limits: SwfLimits;
  readonly tokens: Tokens;
  readonly rates: Rates;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
