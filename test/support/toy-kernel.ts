import type { EffectRunner } from '../../src/kernel/effects.ts';
import type { Found } from '../../src/kernel/execution-reader.ts';
import { createIds } from '../../src/kernel/ids.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import type { Address, AnyMachine } from '../../src/kernel/machine.ts';
import type { Caller, HandOut, PollRequest } from '../../src/kernel/polls.ts';
import { SignalCaller } from '../../src/kernel/signal-caller.ts';
import type { Store } from '../../src/kernel/store.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { type FaultyStore, makeFaulty } from './faulty-store.ts';
import { createFixedClock, type FixedClock } from './fixed-clock.ts';
import { type ToyCommand, type ToyState, toyMachine } from './toy-machine.ts';

export interface ToyKernel {
  readonly kernel: Kernel;
  readonly clock: FixedClock;
  readonly store: FaultyStore;
  /** What the kernel reported. */
  readonly errors: unknown[];
  /** Starts, waits until durable, gives the id. */
  start(name: string, command?: ToyCommand): Promise<string>;
  /** Applies to the open execution of that name, waits until durable, gives the reply. */
  tell(name: string, command: ToyCommand): Promise<unknown>;
  /** Waits ten seconds for a task unless told otherwise. */
  poll(queue: string, request?: ToyPoll): Promise<HandOut | undefined>;
  /** The state of the open execution of that name. */
  state(name: string): ToyState;
  /** Ends this kernel as a crash does, and opens another on what the store holds. */
  crash(parts?: ToyParts): Promise<ToyKernel>;
}

/** `signal` ends the wait; its poller has then left unless `hasLeft` says otherwise. */
export interface ToyPoll extends Partial<PollRequest> {
  readonly signal?: AbortSignal;
  readonly hasLeft?: () => boolean;
}

export interface ToyParts {
  readonly store?: Store;
  readonly clock?: FixedClock;
  readonly effects?: Readonly<Record<string, EffectRunner>>;
  readonly historyCacheCharacters?: number;
  readonly machine?: AnyMachine;
  /** Gives up opening. */
  readonly signal?: AbortSignal;
}

export const toy = (name: string, id?: string): Address => ({
  api: 'toy',
  scope: 'test',
  name,
  ...(id !== undefined && { id }),
});

/** A kernel that runs toys. */
export async function openToyKernel(parts: ToyParts = {}): Promise<ToyKernel> {
  const { store: kept = openMemoryStore(), clock = createFixedClock(), effects = {} } = parts;
  const store = makeFaulty(kept);
  const errors: unknown[] = [];
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [{ name: 'toy', machine: parts.machine ?? toyMachine, effects }],
    historyCacheCharacters: parts.historyCacheCharacters ?? 1_000_000,
    onError: (error) => errors.push(error),
    signal: parts.signal,
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
    poll: (queue, { signal, hasLeft, ...request } = {}) =>
      kernel.poll({
        ...defaultPoll(queue),
        ...(signal && { caller: callerOf(signal, hasLeft) }),
        ...request,
      }),
    state: (name) => kernel.findOpen(toy(name)).state as ToyState,
    crash: async (others) => {
      store.dieAt(0);
      clock.stop();
      await settle();
      return openToyKernel({ ...parts, store: kept, clock: createFixedClock(clock.now()), ...others });
    },
  };
}

const defaultPoll = (queue: string): PollRequest => ({
  queue,
  claim: (key, again): ToyCommand => ({ type: 'claim', key, again }),
  timeoutMs: 10_000,
  most: 1000,
  caller: callerOf(new AbortController().signal),
});

/** All open executions as readers see them, by name, without what tells one kernel from another. */
export function openToys(kernel: Kernel): Record<string, Omit<Found, 'machine'>> {
  const found = [...kernel.openIn('toy', 'test')].map(({ machine: _, ...rest }) => [
    rest.identity.name,
    rest,
  ]);
  return structuredClone(Object.fromEntries(found));
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A caller whose wait ends when the signal aborts. */
export function callerOf(signal: AbortSignal, hasLeft = (): boolean => signal.aborted): Caller {
  const caller = new SignalCaller(signal);
  return {
    get hasLeft() {
      return hasLeft();
    },
    get hasEnded() {
      return signal.aborted;
    },
    watch: (waiter) => caller.watch(waiter),
    unwatch: () => caller.unwatch(),
  };
}
