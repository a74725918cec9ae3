import type { Api, VisibleApi } from '../apis/api.ts';
import type { CallFunction } from '../functions/call-function.ts';
import type { Functions } from '../functions/functions.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { KernelApi } from '../kernel/kernel-options.ts';
import type { Store } from '../kernel/store.ts';
import type { RolePolicies } from '../policy/roles.ts';
import type { ServeOptions } from './serve-options.ts';

/** What systems are built of. The kernel comes last, since it needs something of each of them. */
export interface Surroundings {
  readonly options: ServeOptions;
  readonly store: Store;
  readonly functions: Functions;
  readonly callFunction: CallFunction;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  readonly roles: RolePolicies;
  readonly now: () => number;
  /** Where clients reach the server, as `host:port`; known once it listens. */
  readonly endpoint: () => string;
  readonly kernel: Promise<Kernel>;
}

/** One of the systems that are served, while everything is put together. */
export interface System {
  /** How its executions behave. */
  readonly kernelApis: readonly KernelApi[];
  readonly open: (kernel: Kernel) => OpenSystem;
}

export interface OpenSystem {
  readonly apis: readonly Api[];
  /** What Orrery's own API shows. */
  readonly visible: readonly Pick<VisibleApi, 'name' | 'executions'>[];
  /** Goes on with what ran when the process ended; called before anything is served. */
  readonly resume?: () => Promise<void>;
  /** Ends what clients use beside the HTTP listener; the kernel still writes. */
  readonly end?: () => Promise<void>;
  /** Gives back what is left once the kernel has stopped. */
  readonly close?: () => Promise<void>;
}
