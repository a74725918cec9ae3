import type { Clock } from './clock.ts';
import type { EffectRunner } from './effects.ts';
import type { Ids } from './ids.ts';
import type { AnyMachine } from './machine.ts';
import type { Store } from './store.ts';

/** What one API gives the kernel: how its executions behave, and who does their work. */
export interface KernelApi {
  readonly name: string;
  readonly machine: AnyMachine;
  /** By the kind of the effect. */
  readonly effects: Readonly<Record<string, EffectRunner>>;
}

export interface KernelOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly apis: readonly KernelApi[];
  /** Characters of newest events kept in memory for all executions together. */
  readonly historyCacheCharacters: number;
  /** Told of what must not happen: a machine that failed, a write that failed. */
  readonly onError: (error: unknown) => void;
  /** Gives up opening, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How much there is at present of what grows with use. */
export interface KernelLoad {
  readonly openExecutions: number;
  readonly pendingTasks: number;
  readonly waitingPolls: number;
  readonly timers: number;
}
