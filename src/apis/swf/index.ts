import type { CallFunction } from '../../functions/call-function.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { KernelApi } from '../../kernel/kernel-options.ts';
import type { Call, ExecutionViews, Operation, VisibleApi } from '../api.ts';
import { swfFault } from './faults.ts';
import { swfLimitsFrom } from './limits.ts';
import { swfMachine } from './machine/machine.ts';
import { swfModel } from './model/shapes.gen.ts';
import { API, domainArn } from './names.ts';
import { operations } from './operations.ts';
import { requestPermission } from './permissions.ts';
import { Rates } from './rates.ts';
import { lambdaStep } from './steps/lambda.ts';
import type { Swf, SwfSettings } from './swf.ts';
import { mustBeWithinRate } from './throttle.ts';
import { Tokens } from './tokens.ts';
import { eventRecord } from './views/event-record.ts';
import { describeExecution } from './views/execution-record.ts';

export interface SwfOptions {
  readonly kernel: Kernel;
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
  readonly settings: SwfSettings;
  readonly now: () => number;
}

/** What the kernel needs to run executions of this API. */
export function swfKernelApi(callFunction: CallFunction): KernelApi {
  return { name: API, machine: swfMachine, effects: { lambda: lambdaStep(callFunction) } };
}

/** Amazon SWF, API version 2012-01-25: https://docs.aws.amazon.com/amazonswf/latest/apireference/ */
export function createSwf({ kernel, tokenKey, limits, settings, now }: SwfOptions): VisibleApi {
  const swf: Swf = {
    kernel,
    now,
    settings,
    limits: swfLimitsFrom(limits),
    tokens: new Tokens(tokenKey, now),
    rates: new Rates(limits, now),
  };
  return {
    name: API,
    protocol: 'aws-json-1.0',
    model: swfModel,
    // The longer prefix is what the oldest SDKs send.
    targetPrefixes: ['SimpleWorkflowService', 'com.amazonaws.swf.service.model.SimpleWorkflowService'],
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, served(swf, name, operation)]),
    ),
    permission: (operation, input, call) => requestPermission(swf, { operation, input }, call),
    fault: swfFault,
    executions: executionViews(swf),
  };
}

function executionViews(swf: Swf): ExecutionViews {
  return {
    worldOf: (scope) => {
      const [account = '', region = '', name = ''] = scope.split('/');
      return { account, region, name, resource: domainArn({ account, region }, name) };
    },
    describe: (execution) => describeExecution(swf, execution),
    readEvent: eventRecord,
  };
}

/** Polls hold back what they hand out themselves; waiting for later batches as well would only delay them. */
const HOLDS_ITSELF: ReadonlySet<string> = new Set(['PollForActivityTask', 'PollForDecisionTask']);

type Run<Output> = (swf: Swf, input: unknown, call: Call) => Output;
type Output = object | undefined;

function served(swf: Swf, name: string, operation: (typeof operations)[keyof typeof operations]): Operation {
  const answer = HOLDS_ITSELF.has(name)
    ? (operation as Run<Promise<Output>>)
    : durably(operation as Run<Output | Promise<Output>>);
  return (input, call) => {
    mustBeWithinRate(swf, { name, input }, call);
    return answer(swf, input, call);
  };
}

/** No answer, be it a fault, leaves before all that it may rest on is durable. */
function durably(run: Run<Output | Promise<Output>>): Run<Promise<Output>> {
  return async (swf, input, call) => {
    try {
      const output = run(swf, input, call);
      return output instanceof Promise ? await output : output;
    } finally {
      await swf.kernel.durable();
    }
  };
}
