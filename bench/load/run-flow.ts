import { closedLoop, type LoopOptions } from './closed-loop.ts';
import { cloudflowClient, errorCode, type FlowCaller } from './cloudflow-client.ts';
import { createFlow, type Flow } from './flows.ts';
import { type Load, loadBy } from './load.ts';
import type { Endpoint } from './signed-request.ts';
import { type Tally, tally } from './tally.ts';

export interface FlowLoadOptions extends Omit<LoopOptions, 'once'> {
  readonly endpoint: Endpoint;
  readonly flow: Flow;
}

/**
 * Keeps executions of a flow going and checks the output of each. One in standard mode is started and then waited for by
 * long polls; one in express mode is a single synchronous start.
 */
export async function runFlow(options: FlowLoadOptions): Promise<Load> {
  const { endpoint, flow, concurrency } = options;
  const connect = cloudflowClient(endpoint);
  const problems = tally();
  const callers = Array.from({ length: concurrency }, connect);
  await createFlow(callers[0] as FlowCaller, flow);
  const run = flow.mode === 'Standard' ? standardRun : expressRun;
  let started = 0;
  const once = async (slot: number): Promise<boolean> => {
    started += 1;
    return run(callers[slot] as FlowCaller, { flow, name: `order-${started}`, problems });
  };
  return loadBy(callers, closedLoop({ ...options, once }), problems);
}

export interface FlowRun {
  readonly flow: Flow;
  /** Of the execution. */
  readonly name: string;
  readonly problems: Tally;
}

/** True when the execution has ended with its output. */
export async function standardRun(caller: FlowCaller, { flow, name, problems }: FlowRun): Promise<boolean> {
  const execution = { FlowName: flow.name, ExecutionName: name };
  const reply = await caller.call('StartExecution', { ...execution, Input: flow.input });
  if (reply.status !== 200) {
    problems.count(`StartExecution: ${errorCode(reply)}`);
    return false;
  }
  return awaitOutput(caller, { flow, name, problems });
}

/** Waits for the end of an execution; true when it has its output. */
export async function awaitOutput(caller: FlowCaller, { flow, name, problems }: FlowRun): Promise<boolean> {
  const request = { FlowName: flow.name, ExecutionName: name, WaitTimeSeconds: '60' };
  for (;;) {
    const { status, body } = await caller.call('DescribeExecution', request);
    if (status === 200 && body.includes('"Status":"Running"')) continue;
    return checked('DescribeExecution', { reply: { status, body }, flow, problems });
  }
}

async function expressRun(caller: FlowCaller, { flow, name, problems }: FlowRun): Promise<boolean> {
  const request = { FlowName: flow.name, ExecutionName: name, Input: flow.input };
  const reply = await caller.call('StartSyncExecution', request);
  return checked('StartSyncExecution', { reply, flow, problems });
}

interface Answered {
  readonly reply: { readonly status: number; readonly body: string };
  readonly flow: Flow;
  readonly problems: Tally;
}

function checked(action: string, { reply, flow, problems }: Answered): boolean {
  const { status, body } = reply;
  const isRight =
    status === 200 &&
    body.includes('"Status":"Succeeded"') &&
    body.includes(`"Output":${JSON.stringify(flow.output)}`);
  if (!isRight)
    problems.count(`${action}: ${status === 200 ? `not as it must be: ${body}` : errorCode(reply)}`);
  return isRight;
}
