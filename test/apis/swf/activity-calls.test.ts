import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { activityCaller } from '../../../src/apis/swf/activity-calls/activity-caller.ts';
import { swfKernelApi } from '../../../src/apis/swf/index.ts';
import type { StartedActivityTask, SwfCommand } from '../../../src/apis/swf/machine/commands.ts';
import { queueName } from '../../../src/apis/swf/machine/offers.ts';
import { type Domain, domainsOf } from '../../../src/apis/swf/resources/domains.ts';
import type { Activity } from '../../../src/functions/call-function.ts';
import { FunctionFailed } from '../../../src/functions/function-failed.ts';
import { NoLongerWanted } from '../../../src/kernel/errors.ts';
import { createIds } from '../../../src/kernel/ids.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import type { Store } from '../../../src/kernel/store.ts';
import { openMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { type FaultyStore, makeFaulty } from '../../support/faulty-store.ts';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { callerOf, settle } from '../../support/toy-kernel.ts';

const WORLD = { account: '000000000000', region: 'us-east-1' };
const SCOPE = '000000000000/us-east-1/shop';

const PACK: Activity = {
  domain: 'shop',
  taskList: 'packers',
  type: 'pack',
  version: '1',
  account: undefined,
  region: undefined,
  scheduleToStartTimeout: undefined,
  startToCloseTimeout: 10,
  scheduleToCloseTimeout: undefined,
  heartbeatTimeout: undefined,
};

interface Shop {
  readonly kernel: Kernel;
  readonly clock: FixedClock;
  readonly store: FaultyStore;
  call(key?: string, signal?: AbortSignal, activity?: Activity): Promise<string>;
  /** The task that a worker gets now. */
  work(): Promise<StartedActivityTask | undefined>;
  /** Tells the execution of a task. */
  tell(task: StartedActivityTask | undefined, command: SwfCommand): void;
  /** Events of the only execution there is or was. */
  history(): Promise<readonly string[]>;
  crash(): Promise<Shop>;
}

const notHere = (): Promise<never> => Promise.reject(new Error('not a part of this test'));

/** A kernel that runs SWF, with the domain `shop`. */
async function openShop(kept: Store = openMemoryStore(), clock = createFixedClock()): Promise<Shop> {
  const store = makeFaulty(kept);
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [swfKernelApi(notHere)],
    historyCacheCharacters: 1_000_000,
    onError: () => undefined,
  });
  if (kernel.records.get(domainsOf(WORLD), 'shop') === undefined) {
    const document: Domain = { name: 'shop', status: 'REGISTERED', retention: 'NONE', tags: {} };
    kernel.records.put(domainsOf(WORLD), { id: 'shop', version: 0, document });
  }
  await kernel.durable();
  const callActivity = activityCaller({ kernel: Promise.resolve(kernel), clock, world: WORLD });
  return {
    kernel,
    clock,
    store,
    call: (key = 'k', signal = new AbortController().signal, activity = PACK) =>
      callActivity(activity, '{"n":1}', { signal, context: { idempotencyKey: key } }),
    work: async () => {
      await settle();
      const handOut = await kernel.poll({
        queue: queueName(SCOPE, 'activity', 'packers'),
        claim: (key, again): SwfCommand => ({
          type: 'start-activity-task',
          scheduledEventId: Number(key.slice(1)),
          again,
        }),
        timeoutMs: 0,
        most: 10,
        caller: callerOf(new AbortController().signal),
      });
      return handOut?.reply as StartedActivityTask | undefined;
    },
    tell: (task, command) => {
      assert(task);
      kernel.apply({ api: 'swf', scope: SCOPE, name: task.workflowId, id: task.runId }, command);
    },
    history: async () => {
      const filter = { api: 'swf', scope: SCOPE, now: clock.now(), timeOf: 'started' } as const;
      const open = [...kernel.openIn('swf', SCOPE)].map(({ identity }) => identity.id);
      const closed = await kernel.listClosed({ ...filter, order: 'newest', limit: 10 });
      const ids = [...open, ...closed.map(({ id }) => id)];
      assert.equal(ids.length, 1);
      const texts = await kernel.history(ids[0] ?? '', 1, 100);
      return texts.map((text) => (JSON.parse(text) as { readonly eventType: string }).eventType);
    },
    crash: async () => {
      store.dieAt(0);
      clock.stop();
      await settle();
      return openShop(kept, createFixedClock(clock.now()));
    },
  };
}

const answer = (
  task: StartedActivityTask | undefined,
  command:
    | { readonly type: 'complete-activity-task'; readonly result?: string }
    | { readonly type: 'fail-activity-task'; readonly reason?: string; readonly details?: string }
    | { readonly type: 'cancel-activity-task' },
): SwfCommand => ({
  scheduledEventId: task?.scheduledEventId ?? 0,
  startedEventId: task?.startedEventId ?? 0,
  ...command,
});

const completed = (task: StartedActivityTask | undefined, result?: string): SwfCommand =>
  answer(task, { type: 'complete-activity-task', ...(result !== undefined && { result }) });

const scheduled = (events: readonly string[]): number =>
  events.filter((type) => type === 'ActivityTaskScheduled').length;

test('a worker of the task list gets the event and gives the result', async () => {
  const shop = await openShop();
  const result = shop.call();
  const task = await shop.work();
  assert.deepEqual([task?.activityType, task?.input], [{ name: 'pack', version: '1' }, '{"n":1}']);
  shop.tell(task, completed(task, '{"packed":true}'));
  assert.equal(await result, '{"packed":true}');
  const events = await shop.history();
  assert.equal(scheduled(events), 1);
  assert.equal(events.at(-1), 'WorkflowExecutionCompleted');
});

test('nothing as a result is empty text', async () => {
  const shop = await openShop();
  const result = shop.call();
  const task = await shop.work();
  shop.tell(task, completed(task));
  assert.equal(await result, '');
});

interface End {
  readonly what: string;
  readonly end: (shop: Shop, task: StartedActivityTask | undefined) => void;
  readonly kind: string;
  readonly by: string;
  readonly errorType: string;
  readonly closed?: string;
}

const ENDS: readonly End[] = [
  {
    what: 'a failure with a reason',
    end: (shop, task) =>
      shop.tell(task, answer(task, { type: 'fail-activity-task', reason: 'NoBox', details: 'sold out' })),
    kind: 'Handled',
    by: 'function',
    errorType: 'NoBox',
  },
  {
    what: 'a failure without one',
    end: (shop, task) => shop.tell(task, answer(task, { type: 'fail-activity-task' })),
    kind: 'Handled',
    by: 'function',
    errorType: '',
  },
  {
    what: 'a time-out',
    end: (shop) => shop.clock.advance(10_000),
    kind: 'Unhandled',
    by: 'runner',
    errorType: 'ActivityTaskTimedOut',
  },
  {
    what: 'a worker that cancels',
    end: (shop, task) => shop.tell(task, answer(task, { type: 'cancel-activity-task' })),
    kind: 'Unhandled',
    by: 'runner',
    errorType: 'ActivityTaskCanceled',
  },
  {
    what: 'a client that terminates the execution',
    end: (shop, task) => shop.tell(task, { type: 'terminate' }),
    kind: 'Unhandled',
    by: 'runner',
    errorType: 'WorkflowExecutionTerminated',
    closed: 'WorkflowExecutionTerminated',
  },
  {
    what: 'a client that cancels the execution',
    end: (shop, task) => shop.tell(task, { type: 'request-cancel' }),
    kind: 'Unhandled',
    by: 'runner',
    errorType: 'WorkflowExecutionCanceled',
    closed: 'WorkflowExecutionCanceled',
  },
];

describe('what a call fails with', () => {
  for (const { what, end, kind, by, errorType, closed = 'WorkflowExecutionFailed' } of ENDS) {
    test(what, async () => {
      const shop = await openShop();
      const outcome = shop.call().catch((error: unknown) => error);
      end(shop, await shop.work());
      const error = await outcome;
      assert(error instanceof FunctionFailed, String(error));
      const payload = JSON.parse(error.payload) as { readonly errorType: string };
      assert.deepEqual([error.kind, error.source.by, payload.errorType], [kind, by, errorType]);
      assert.equal((await shop.history()).at(-1), closed);
    });
  }

  for (const status of [undefined, 'DEPRECATED'] as const) {
    test(`a domain that is ${status ?? 'unknown'}`, async () => {
      const shop = await openShop();
      if (status !== undefined) {
        const document: Domain = { name: 'old', status, retention: '1', tags: {} };
        shop.kernel.records.put(domainsOf(WORLD), { id: 'old', version: 0, document });
      }
      const error = await shop
        .call('k', undefined, { ...PACK, domain: 'old' })
        .catch((reason: unknown) => reason);
      assert(error instanceof FunctionFailed, String(error));
      assert.deepEqual(error.source, { by: 'service', status: 404, code: 'FunctionNotFound' });
    });
  }
});

test('calls with one key are one activity, others are others', async () => {
  const shop = await openShop();
  const results = [shop.call('a'), shop.call('a'), shop.call('b')];
  const [first, second] = [await shop.work(), await shop.work()];
  assert.equal(await shop.work(), undefined);
  for (const task of [first, second]) shop.tell(task, completed(task, '1'));
  assert.deepEqual(await Promise.all(results), ['1', '1', '1']);
});

test('signals and an early answer do not disturb it', async () => {
  const shop = await openShop();
  const result = shop.call();
  const task = await shop.work();
  shop.tell(task, { type: 'signal', signalName: 'hello' });
  shop.tell(task, completed(task, '1'));
  shop.tell(task, { type: 'signal', signalName: 'again' });
  assert.equal(await result, '1');
});

describe('after a restart', () => {
  test('the call finds its activity, and the worker can still answer', async () => {
    const shop = await openShop();
    void shop.call().catch(() => undefined);
    const task = await shop.work();
    const reopened = await shop.crash();
    const result = reopened.call();
    assert.equal(await reopened.work(), undefined);
    reopened.tell(task, completed(task, '7'));
    assert.equal(await result, '7');
    assert.equal(scheduled(await reopened.history()), 1);
  });

  test('the call is answered by an activity that ended meanwhile, or before', async () => {
    const shop = await openShop();
    void shop.call().catch(() => undefined);
    const task = await shop.work();
    const second = await shop.crash();
    second.tell(task, completed(task, '7'));
    await second.kernel.durable();
    const third = await second.crash();
    assert.equal(await third.call(), '7');
    const fourth = await third.crash();
    assert.equal(await fourth.call(), '7');
    assert.equal(scheduled(await fourth.history()), 1);
  });
});

describe('an aborted call', () => {
  test('that is not wanted any more ends its execution', async () => {
    const shop = await openShop();
    const controller = new AbortController();
    const result = shop.call('k', controller.signal);
    await shop.work();
    controller.abort(new NoLongerWanted());
    await assert.rejects(result, NoLongerWanted);
    assert.equal((await shop.history()).at(-1), 'WorkflowExecutionTerminated');
  });

  test('that will be made again leaves everything as it is', async () => {
    const shop = await openShop();
    const controller = new AbortController();
    const result = shop.call('k', controller.signal);
    const task = await shop.work();
    controller.abort(new Error('the server stops'));
    await assert.rejects(result, { message: 'the server stops' });
    const again = shop.call();
    shop.tell(task, completed(task, '1'));
    assert.equal(await again, '1');
  });
});

test('a store that cannot write for a while only delays it', async () => {
  const shop = await openShop();
  shop.store.breakDown();
  const result = shop.call();
  await settle();
  shop.store.mend();
  for (let i = 0; i < 5; i++) {
    shop.clock.advance(1000);
    await settle();
  }
  const task = await shop.work();
  shop.tell(task, completed(task, '1'));
  assert.equal(await result, '1');
});
