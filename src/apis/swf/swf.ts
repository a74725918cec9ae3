import type { Kernel } from '../../kernel/kernel.ts';
import type { SwfLimits } from './limits.ts';
import type { Tokens } from './tokens.ts';

/** What the operations of this API work with. */
export interface Swf {
  readonly kernel: Kernel;
  readonly limits: SwfLimits;
  readonly tokens: Tokens;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Whose world a request is in: accounts and regions share nothing. */
export interface World {
  readonly account: string;
  readonly region: string;
}
