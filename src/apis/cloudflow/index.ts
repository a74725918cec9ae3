import type { Clock } from '../../kernel/clock.ts';
import type { EffectRunner } from '../../kernel/effects.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { KernelApi } from '../../kernel/kernel-options.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import { Rates } from '../../lib/rates.ts';
import type { RolePolicies } from '../../policy/roles.ts';
import { PageTokens } from '../../wire/page-tokens.ts';
import { createHmacSha256 } from '../../wire/signatures/hmac-sha256.ts';
import type { Call, ExecutionViews, Operation, VisibleApi } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import type { CloudflowLink } from './cloudflow-link.ts';
import { cloudflowFault, invalidPageToken, throttled } from './faults.ts';
import { invocationMachine } from './invocations/machine.ts';
import { cloudflowLimitsFrom } from './limits.ts';
import { cloudflowMachine } from './machine/machine.ts';
import { type OperationName, parameters } from './model/parameters.ts';
import { API, flowArn, INVOCATION_API, readScope, SCHEDULE_API, scopeOf } from './names.ts';
import { operations } from './operations.ts';
import { requestPermission } from './permissions.ts';
import { lookUpFlow } from './resources/flows.ts';
import { scheduleMachine } from './schedules/machine.ts';
import { scheduledStart } from './schedules/start-scheduled.ts';
import { eventRecord } from './views/event-record.ts';
import { describeExecution } from './views/execution-record.ts';
import { describeInvocation, invocationEventRecord } from './views/invocation-record.ts';
import { describeSchedule, scheduleEventRecord } from './views/schedule-record.ts';
import { StepTree } from './views/step-tree.ts';

export interface CloudflowOptions {
  readonly kernel: Kernel;
  readonly clock: Clock;
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  /** What the tasks of flows may do. */
  readonly roles: RolePolicies;
  /** Where clients reach this server, as `host:port`. */
  readonly endpoint: () => string;
}

export interface KernelApiOptions {
  readonly tokenKey: Buffer;
  readonly link: CloudflowLink;
  /** Who does the work that tasks ask for, by its kind. */
  readonly effects: Readonly<Record<string, EffectRunner>>;
  /** The same for functions that are called asynchronously. */
  readonly invocationEffects: Readonly<Record<string, EffectRunner>>;
}

/** Flows' executions, and schedules and asynchronous calls, which are executions of their own. */
export function cloudflowKernelApis(options: KernelApiOptions): readonly KernelApi[] {
  const { tokenKey, link, effects, invocationEffects } = options;
  const machine = cloudflowMachine({
    tokenMac: tokenMacOf(tokenKey),
    scopeOfFlow: (scope, flowName) => scopeOfOther(link, scope, flowName),
  });
  return [
    { name: API, machine, effects },
    { name: SCHEDULE_API, machine: scheduleMachine, effects: { start: scheduledStart(link.opened) } },
    { name: INVOCATION_API, machine: invocationMachine, effects: invocationEffects },
  ];
}

/** Scope of another flow's executions, in the world of this one's; nothing is in it when there is no such flow. */
function scopeOfOther(link: CloudflowLink, scope: string, name: string): string {
  const { world } = readScope(scope);
  const flow = link.current && lookUpFlow(link.current, world, name);
  return scopeOf(world, flow ?? { name, id: '' });
}

/** What the operations and effects of CloudFlow work with. */
export function openCloudflow(
  { kernel, clock, tokenKey, limits, roles, endpoint }: CloudflowOptions,
  link: CloudflowLink,
): Cloudflow {
  const now = (): number => clock.now();
  const cloudflow: Cloudflow = {
    kernel,
    clock,
    limits: cloudflowLimitsFrom(limits),
    rates: new Rates(API, limits, now),
    pageTokens: new PageTokens(tokenKey, now, invalidPageToken),
    tokenMac: tokenMacOf(tokenKey),
    starting: new KeyedLock(),
    roles,
    endpoint,
  };
  link.open(cloudflow);
  return cloudflow;
}

/** Alibaba CloudFlow (fnf), API version 2019-03-15: https://api.aliyun.com/document/fnf/2019-03-15/overview */
export function createCloudflow(cloudflow: Cloudflow): VisibleApi {
  const names = Object.keys(operations) as OperationName[];
  return {
    name: API,
    protocol: 'alibaba-rpc',
    product: 'fnf',
    version: '2019-03-15',
    parameters,
    operations: Object.fromEntries(names.map((name) => [name, served(cloudflow, name)])),
    permission: (operation, input, call) => requestPermission({ operation, input }, call),
    fault: cloudflowFault,
    executions: {
      worldOf,
      describe: (execution) => describeExecution(cloudflow, execution),
      readEvent: eventRecord,
      readSteps: () => new StepTree(),
    },
  };
}

type Shown = Pick<VisibleApi, 'name' | 'executions'>;

/** Functions called asynchronously, as Orrery's own API shows them. */
export function cloudflowInvocations(cloudflow: Cloudflow): Shown {
  return {
    name: INVOCATION_API,
    executions: {
      worldOf,
      describe: (execution) => describeInvocation(cloudflow, execution),
      readEvent: invocationEventRecord,
    },
  };
}

/** Schedules, as Orrery's own API shows them. */
export function cloudflowSchedules(cloudflow: Cloudflow): Shown {
  return {
    name: SCHEDULE_API,
    executions: {
      worldOf,
      describe: (execution) => describeSchedule(cloudflow, execution),
      readEvent: scheduleEventRecord,
    },
  };
}

/** Whose executions a kernel scope of this API holds. */
export const accountOfScope = (scope: string): string => readScope(scope).world.account;

const worldOf: ExecutionViews['worldOf'] = (scope) => {
  const { world, flow } = readScope(scope);
  return { ...world, name: flow.name, resource: flowArn(world, flow.name) };
};

/** 160 bits in base64, as the vendor's tokens have. */
function tokenMacOf(key: Buffer): Cloudflow['tokenMac'] {
  const hmac = createHmacSha256(key);
  return (text) =>
    Buffer.from(hmac(`task.${text}`), 'hex')
      .subarray(0, 20)
      .toString('base64');
}

/** No answer, be it a fault, leaves before all that it may rest on is durable. */
function served(cloudflow: Cloudflow, name: OperationName): Operation {
  const run = operations[name] as (cloudflow: Cloudflow, input: unknown, call: Call) => object | undefined;
  const { kernel, rates } = cloudflow;
  return async (input, call) => {
    if (!rates.areOff && !rates.allow(name, `${call.account} ${call.region}`)) throw throttled();
    try {
      return await run(cloudflow, input, call);
    } finally {
      await kernel.durable();
    }
  };
}
