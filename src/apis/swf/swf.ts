import type { Kernel } from '../../kernel/kernel.ts';
import type { SwfLimits } from './limits.ts';
import type { Rates } from './rates.ts';
import type { Tokens } from './tokens.ts';

/** What the configuration says under `swf`. */
export interface SwfSettings {
  /** How a poll that finds nothing is answered. */
  readonly idleTaskToken: 'empty' | 'absent';
}

/** What the operations of this API work with. */
export interface Swf {
  readonly kernel: Kernel;
  readonly limits: SwfLimits;
  readonly settings: SwfSettings;
  readonly tokens: Tokens;
  readonly rates: Rates;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
