import { createIds } from '../../src/kernel/ids.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import type { Store } from '../../src/kernel/store.ts';
import {
  createMessageQueues,
  type MessageQueues,
  queueKernelApi,
  type ReceivedMessage,
} from '../../src/queues/message-queues.ts';
import type { NewMessage } from '../../src/queues/new-message.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { type FaultyStore, makeFaulty } from './faulty-store.ts';
import { createFixedClock, type FixedClock } from './fixed-clock.ts';
import { callerOf, settle } from './toy-kernel.ts';

export interface TestQueues extends MessageQueues {
  readonly kernel: Kernel;
  readonly clock: FixedClock;
  readonly store: FaultyStore;
  /** Sends to `jobs` of one account, under a new key unless told otherwise; gives the message id. */
  put(body: string, more?: Partial<NewMessage>): Promise<string>;
  /** The next message of `jobs` that can be received at once, hidden for thirty seconds. */
  take(more?: { readonly queue?: string; readonly account?: string }): Promise<ReceivedMessage | undefined>;
  /** Moves the clock, and lets what comes due happen. */
  pass(seconds: number): Promise<void>;
  /** Ends this kernel as a crash does, and opens another on what the store holds. */
  crash(): Promise<TestQueues>;
}

export const ACCOUNT = '000000000000';

/** Durable queues on a kernel of their own. */
export async function openQueues(
  limits: Readonly<Record<string, number>> = {},
  kept: Store = openMemoryStore(),
  clock: FixedClock = createFixedClock(),
): Promise<TestQueues> {
  const store = makeFaulty(kept);
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [queueKernelApi],
    historyCacheCharacters: 1_000_000,
    onError: () => undefined,
  });
  const queues = createMessageQueues({ kernel, now: clock.now, limits });
  let sent = 0;
  return {
    ...queues,
    kernel,
    clock,
    store,
    put: async (body, more = {}) => {
      const idempotency = `${clock.now()}-${sent++}`;
      const { messageId } = await queues.send({
        account: ACCOUNT,
        queue: 'jobs',
        body,
        idempotency,
        ...more,
      });
      return messageId;
    },
    take: ({ queue = 'jobs', account = ACCOUNT } = {}) =>
      queues.receive({
        account,
        queue,
        waitMs: 0,
        hiddenForMs: 30_000,
        caller: callerOf(new AbortController().signal),
      }),
    pass: async (seconds) => {
      clock.advance(seconds * 1000);
      await settle();
    },
    crash: async () => {
      store.dieAt(0);
      clock.stop();
      await settle();
      return openQueues(limits, kept, createFixedClock(clock.now()));
    },
  };
}
