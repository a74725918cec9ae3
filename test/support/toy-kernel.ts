import type { EffectRunner } from '../../src/kernel/effects.ts';
import { createIds } from '../../src/kernel/ids.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import type { Address } from '../../src/kernel/machine.ts';
import type { Store } from '../../src/kernel/store.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { createFixedClock, type FixedClock } from './fixed-clock.ts';
import { type ToyCommand, toyMachine } from './toy-machine.ts';

export interface ToyKernel {
  readonly kernel: Kernel;
  readonly clock: FixedClock;
  readonly store: Store;
  /** What the kernel reported. */
  readonly errors: unknown[];
  /** Starts, waits until durable, gives the id. */
  start(name: string, command?: ToyCommand): Promise<string>;
  /** Applies to the open execution of that name, waits until durable, gives the reply. */
  tell(name: string, command: ToyCommand): Promise<unknown>;
}

export interface ToyParts {
  readonly store?: Store;
  readonly clock?: FixedClock;
  readonly effects?: Readonly<Record<string, EffectRunner>>;
  readonly historyCacheCharacters?: number;
}

export const toy = (name: string, id?: string): Address => ({
  api: 'toy',
  scope: 'test',
  name,
  ...(id !== undefined && { id }),
});

/** A kernel that runs toys. */
export async function openToyKernel(parts: ToyParts = {}): Promise<ToyKernel> {
  const { store = openMemoryStore(), clock = createFixedClock(), effects = {} } = parts;
  const errors: unknown[] = [];
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [{ name: 'toy', machine: toyMachine, effects }],
    historyCacheCharacters: parts.historyCacheCharacters ?? 1_000_000,
    onError: (error) => errors.push(error),
  });
  return {
    kernel,
    clock,
    store,
    errors,
    start: async (name, command = { type: 'start' }) => {
      const { identity } = kernel.start(toy(name), command);
      await kernel.durable();
      return identity.id;
    },
    tell: async (name, command) => {
      const reply = kernel.apply(toy(name), command);
      await kernel.durable();
      return reply;
    },
  };
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}
