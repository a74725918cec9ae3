import type { TransferOptions } from '../apis/transfer/index.ts';
import type { Config } from '../config.ts';
import type { CallFunction } from '../functions/call-function.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../kernel/store.ts';
import type { Log } from '../server/log.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** In place of the configured one; tests bring their own. */
  readonly store?: Store;
  /** In place of the configured functions. */
  readonly callFunction?: CallFunction;
  /** In place of what AWS Transfer Family works with otherwise. */
  readonly transfer?: Partial<TransferParts>;
  /** Gives up starting; without effect once it serves. */
  readonly signal?: AbortSignal | undefined;
}

export type TransferParts = Omit<
  TransferOptions,
  'kernel' | 'clock' | 'tokenKey' | 'limits' | 'callFunction' | 'report'
>;
