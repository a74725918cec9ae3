import { Rejection, Unavailable } from '../../kernel/errors.ts';
import { newUuid } from '../../kernel/ids.ts';
import { SignalCaller } from '../../kernel/signal-caller.ts';
import { compileParameters } from '../../wire/protocols/alibaba-rpc-input.ts';
import type { Call, Permission } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import type { CloudflowLink } from './cloudflow-link.ts';
import { cloudflowFault } from './faults.ts';
import { nameOfTaskStart, needsPermission } from './inferred.ts';
import type { Json, JsonObject } from './language/json.ts';
import type { FlowCall } from './machine/effects.ts';
import { type Input, type OperationName, parameters as table } from './model/parameters.ts';
import { readScope } from './names.ts';
import { startRequest } from './operations/start-execution.ts';
import { operations } from './operations.ts';
import { requestPermission } from './permissions.ts';
import { startExecution } from './start-execution.ts';
import type { OwnOperation, StartFlow, TaskContext } from './steps/own-operations.ts';
import { mustAllow, roleOfTask, type TaskRole } from './task-role.ts';
import { startedView } from './views/execution.ts';

/** Starts executions for tasks; see `StartFlow`. */
export function startFlowInProcess(link: CloudflowLink): StartFlow {
  return async (request, context) => {
    const cloudflow = await link.opened;
    const role = roleOfTask(cloudflow, context.execution);
    const call = new TaskCall(context, role);
    return answered(cloudflow, call, async () => {
      if (needsPermission(request)) mustAllow(role, startPermission(request, call));
      return startedView(await startExecution(cloudflow, call, startOfTask(request, context)));
    });
  };
}

/** Every operation as tasks call it: in their own account and region, as far as the role of their flow allows. */
export function operationsInProcess(link: CloudflowLink): Readonly<Record<string, OwnOperation>> {
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, inProcess(link, name)]));
}

function inProcess(link: CloudflowLink, name: OperationName): OwnOperation {
  const read = compileParameters(table[name]);
  const run = operations[name] as (cloudflow: Cloudflow, input: unknown, call: Call) => unknown;
  return async (parameters, context) => {
    const cloudflow = await link.opened;
    const role = roleOfTask(cloudflow, context.execution);
    const call = new TaskCall(context, role);
    return answered(cloudflow, call, async () => {
      const input = read(textsOf(parameters));
      mustAllow(role, requestPermission({ operation: name, input }, call));
      if (name !== 'StartExecution') return run(cloudflow, input, call);
      const request = await startRequest(cloudflow, input as Input<'StartExecution'>, call);
      const { idempotency: origin, signal } = context;
      const executionName = request.executionName ?? nameOfTaskStart(origin);
      return startedView(
        await startExecution(cloudflow, call, { ...request, executionName, origin, signal }),
      );
    });
  };
}

function startPermission({ flowName: FlowName }: FlowCall, call: Call): Permission {
  return requestPermission({ operation: 'StartExecution', input: { FlowName } }, call);
}

function startOfTask({ flowName, executionName, input, reportsTo, mapRun }: FlowCall, context: TaskContext) {
  const { execution, idempotency: origin, signal } = context;
  const { scope, name, id } = execution;
  const task = { scope, executionName: name, executionId: id };
  return {
    flowName,
    executionName: executionName === '' ? nameOfTaskStart(origin) : executionName,
    input,
    origin,
    signal,
    mapRun,
    callback: reportsTo === undefined ? undefined : { ...task, taskEventId: reportsTo },
  };
}

/** Once it is durable, the answer as a client gets it. Throws `Rejection` with the code that a client would get. */
async function answered(cloudflow: Cloudflow, call: Call, operate: () => Promise<unknown>): Promise<Json> {
  try {
    const answer = (await operate()) as JsonObject | undefined;
    await cloudflow.kernel.durable();
    return { RequestId: call.requestId, ...answer };
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    const { type, message } = cloudflowFault(error);
    throw new Rejection(type, message);
  }
}

/** Parameters as clients send them: all as text. */
function textsOf(parameters: JsonObject): ReadonlyMap<string, string> {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  return new Map(
    given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

class TaskCall extends SignalCaller implements Call {
  readonly account: string;
  readonly region: string;
  readonly requestId = newUuid();
  readonly callerArn: string;
  readonly signal: AbortSignal;
  readonly isRestricted: boolean;
  readonly allows: Call['allows'];

  constructor({ execution, signal }: TaskContext, { arn, isRestricted, allows }: TaskRole) {
    super(signal);
    const { world } = readScope(execution.scope);
    this.account = world.account;
    this.region = world.region;
    this.callerArn = arn;
    this.signal = signal;
    this.isRestricted = isRestricted;
    this.allows = allows;
  }
}
