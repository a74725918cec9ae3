import { checkHistories } from './check-histories.ts';
import { closedLoop, type LoopOptions } from './closed-loop.ts';
import { runDecider } from './decider.ts';
import { executionLedger, type Ledger } from './ledger.ts';
import type { Load } from './load.ts';
import type { Endpoint } from './signed-request.ts';
import { faultName, type SwfCaller, swfClient } from './swf-client.ts';
import { type Tally, tally } from './tally.ts';
import { runWorker } from './worker.ts';
import { type LoadNames, registerTypes, startInput } from './workflow.ts';

export interface LoadOptions extends Omit<LoopOptions, 'once'> {
  readonly endpoint: Endpoint;
  /** Unique for each load against one server. */
  readonly domain: string;
}

/**
 * Keeps executions of three activities going: per execution 1 start, 4 decision polls and answers, 3 activity polls
 * and answers. As many deciders and workers poll as there are executions, each on a connection of its own.
 */
export async function threeActivities(options: LoadOptions): Promise<Load> {
  const connect = swfClient(options.endpoint);
  const problems = tally();
  const ledger = executionLedger(problems);
  const names: LoadNames = { domain: options.domain, taskList: 'orders' };
  await registerTypes(connect(), names);
  const pollers = startPollers(options.concurrency, { connect, names, ledger, problems });
  const starters = Array.from({ length: options.concurrency }, connect);
  const starter = executionStarter(names, ledger, problems);
  const once = (slot: number) => starter(starters[slot] as SwfCaller, slot);
  const loop = closedLoop({ ...options, once });
  return {
    run: loop.run,
    end: async () => {
      ledger.reportOpen();
      await pollers.stop();
      for (const caller of starters) caller.close();
      await checkHistories(connect(), names, { finished: ledger.sample(), problems });
      return { ...loop.measured(), problems: problems.lines() };
    },
  };
}

interface PollerContext {
  readonly connect: () => SwfCaller;
  readonly names: LoadNames;
  readonly ledger: Ledger;
  readonly problems: Tally;
}

function startPollers(count: number, { connect, names, ledger, problems }: PollerContext) {
  const callers = Array.from({ length: count * 2 }, connect);
  const life = { stopping: false };
  const loops = callers.map((caller, index) =>
    index < count
      ? runDecider({ caller, names, ledger, problems, life })
      : runWorker({ caller, names, problems, life }),
  );
  return {
    stop: async () => {
      life.stopping = true;
      for (const caller of callers) caller.close();
      await Promise.all(loops);
    },
  };
}

function executionStarter(names: LoadNames, ledger: Ledger, problems: Tally) {
  let started = 0;
  return async (caller: SwfCaller, slot: number): Promise<boolean> => {
    started += 1;
    const workflowId = `order-${slot}-${started}`;
    const ended = ledger.open(workflowId);
    const fault = await faultOf(caller, startInput(names, workflowId));
    if (fault === undefined) return ended;
    problems.count(`StartWorkflowExecution: ${fault}`);
    ledger.abandon(workflowId);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return false;
  };
}

async function faultOf(caller: SwfCaller, input: string): Promise<string | undefined> {
  try {
    const reply = await caller.call('StartWorkflowExecution', input);
    return reply.status === 200 ? undefined : faultName(reply);
  } catch (error) {
    return String(error);
  }
}
