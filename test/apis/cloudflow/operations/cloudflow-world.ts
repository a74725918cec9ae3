import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Call } from '../../../../src/apis/api.ts';
import type { Cloudflow } from '../../../../src/apis/cloudflow/cloudflow.ts';
import { CloudflowLink } from '../../../../src/apis/cloudflow/cloudflow-link.ts';
import { cloudflowKernelApis, createCloudflow, openCloudflow } from '../../../../src/apis/cloudflow/index.ts';
import type { Input, OperationName } from '../../../../src/apis/cloudflow/model/parameters.ts';
import type { EffectRunner } from '../../../../src/kernel/effects.ts';
import { createIds } from '../../../../src/kernel/ids.ts';
import { Kernel } from '../../../../src/kernel/kernel.ts';
import { limitValues } from '../../../../src/limits.ts';
import { openMemoryStore } from '../../../../src/stores/memory/memory-store.ts';
import { type FaultyStore, makeFaulty } from '../../../support/faulty-store.ts';
import { createFixedClock, type FixedClock } from '../../../support/fixed-clock.ts';
import { callerOf, settle } from '../../../support/toy-kernel.ts';

const WORLD = { account: '123456789012', region: 'cn-hangzhou' };

/** CloudFlow over a kernel in memory, called as the server calls it once a request is read. */
export interface CloudflowWorld {
  readonly cloudflow: Cloudflow;
  readonly clock: FixedClock;
  readonly store: FaultyStore;
  /** The answer, or the fault, as `Code`, `Message` and `status`. */
  call<Name extends OperationName>(name: Name, input: Input<Name>, caller?: Caller): Promise<Answer>;
  /** Moves the clock and lets what is due happen. */
  pass(seconds: number): Promise<void>;
  /** Ends as a crash does and opens again on what the store holds, so many seconds later. */
  crash(secondsLater?: number): Promise<CloudflowWorld>;
  /** What the kernel has reported; the test fails when it is not asked for. */
  takeErrors(): unknown[];
}

/** Who calls, if not the usual one; `signal` says that it has left. */
interface Caller extends Partial<typeof WORLD> {
  readonly signal?: AbortSignal;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with what tests expect of them
export type Answer = Record<string, any>;

interface Parts {
  readonly store?: ReturnType<typeof openMemoryStore>;
  readonly clock?: FixedClock;
  readonly limits?: Readonly<Record<string, number>>;
}

export async function openWorld(test: TestContext, parts: Parts = {}): Promise<CloudflowWorld> {
  const { store: kept = openMemoryStore(), clock = createFixedClock(), limits = {} } = parts;
  const store = makeFaulty(kept);
  const errors: unknown[] = [];
  const link = new CloudflowLink();
  const tokenKey = kept.installationKey;
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: cloudflowKernelApis({ tokenKey, link, effects: { function: answerEmpty }, invocationEffects: {} }),
    historyCacheCharacters: 1_000_000,
    onError: (error) => errors.push(error),
  });
  const cloudflow = openCloudflow(
    {
      kernel,
      clock,
      tokenKey,
      limits: limitValues(limits),
      roles: () => undefined,
      endpoint: () => '127.0.0.1:7400',
    },
    link,
  );
  const api = createCloudflow(cloudflow);
  let isDead = false;
  test.after(async () => {
    if (isDead) return;
    await kernel.stop();
    assert.deepEqual(errors, []);
  });
  return {
    cloudflow,
    clock,
    store,
    call: async (name, input, caller) => {
      try {
        return ((await api.operations[name]?.(input, someCall(caller))) ?? {}) as Answer;
      } catch (error) {
        const { status, type, message } = api.fault(error);
        return { status, Code: type, Message: message };
      }
    },
    pass: async (seconds) => {
      clock.advance(seconds * 1000);
      await settle();
    },
    takeErrors: () => errors.splice(0),
    crash: async (secondsLater = 0) => {
      isDead = true;
      store.dieAt(0);
      clock.stop();
      await settle();
      const later = createFixedClock(clock.now() + secondsLater * 1000);
      return openWorld(test, { ...parts, store: kept, clock: later });
    },
  };
}

const answerEmpty: EffectRunner = { leaseMs: 60_000, run: () => Promise.resolve({}) };

function someCall({ signal = new AbortController().signal, ...world }: Caller = {}): Call {
  const more = {
    ...WORLD,
    ...world,
    requestId: 'a-request',
    callerArn: 'arn:aws:iam::123456789012:user/caller',
    signal,
    isRestricted: false,
    allows: () => true,
  };
  return Object.assign(callerOf(signal), more);
}

/** What a fault is told by. */
export const code = ({ status, Code }: Answer): string => `${status} ${Code}`;

export const PASS = `
version: v1
type: flow
steps:
  - type: pass
    name: only
`;

/** Waits so many seconds. */
export const waitFor = (seconds: number): string => `
version: v1
type: flow
steps:
  - type: wait
    name: pause
    duration: ${seconds}
`;

/** Waits for a report of its one task; the token is in the detail of TaskScheduled. */
export const CALLBACK = `
version: v1
type: flow
steps:
  - type: task
    name: ask
    resourceArn: acs:fc:::services/s/functions/f
    pattern: waitForCallback
    inputMappings:
      - target: token
        source: $context.task.token
`;

export const flow = (name: string, definition = PASS) => ({
  Name: name,
  Definition: definition,
  Description: '',
  Type: 'FDL' as const,
});

/** Of the flow that `openWith` makes. */
export const execution = (name: string) => ({ FlowName: 'f', ExecutionName: name });

/** With one flow, `f`. */
export async function openWith(
  test: Parameters<typeof openWorld>[0],
  definition: string,
): Promise<CloudflowWorld> {
  const world = await openWorld(test);
  await world.call('CreateFlow', flow('f', definition));
  return world;
}

/** The token in the detail of the first TaskScheduled, as `CALLBACK` puts it there. */
export async function tokenOf({ call }: CloudflowWorld, name: string): Promise<string> {
  await settle();
  const { Events } = await call('GetExecutionHistory', execution(name));
  const scheduled = Events.find(({ Type }: Answer) => Type === 'TaskScheduled');
  return JSON.parse(scheduled.EventDetail).input.token;
}
