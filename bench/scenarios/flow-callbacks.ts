import { cloudflowClient, errorCode, type FlowCaller } from '../load/cloudflow-client.ts';
import { createFlow, type Flow, oneCallback } from '../load/flows.ts';
import { awaitOutput } from '../load/run-flow.ts';
import { type Tally, tally } from '../load/tally.ts';
import type { BenchOptions, Report, Row } from '../measure/report.ts';
import { startFlowServer } from '../peers/flow-server.ts';
import type { RunningOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const reported = 10_000;
const open = 50_000;
const clients = 20;
const flow: Flow = oneCallback();

interface Callbacks {
  readonly startCpuEach: number;
  readonly rssOfOpen: number;
  readonly rssAfterRestart: number;
  readonly startedInMs: number;
  readonly reportsPerSecond: number;
  readonly reportCpuEach: number;
}

/** Executions that all wait in a callback: their memory, also after a restart, and what it takes to report 10,000 of them. */
export async function flowCallbacks(options: BenchOptions): Promise<Report> {
  const problems = tally();
  const results: Callbacks[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`callbacks, round ${round} of ${options.rounds}: starting ${open} executions`);
    results.push(await inTemporaryDirectory('bench-callbacks', (path) => callbacksRound(path, problems)));
  }
  return { rows: rowsOf(results), problems: problems.lines().map((line) => `callbacks: ${line}`) };
}

async function callbacksRound(path: string, problems: Tally): Promise<Callbacks> {
  const started = await onServer(path, async (server, callers) => {
    await createFlow(callers[0] as FlowCaller, flow);
    const before = server.usage().cpuMs;
    await eachOf(open, callers, (caller, number) => startWaiting(caller, number, problems));
    const { cpuMs, rssMb } = server.usage();
    return { startCpuEach: (cpuMs - before) / open, rssOfOpen: rssMb };
  });
  const resumed = await onServer(path, async (server, callers) => {
    const { startedInMs } = server;
    const rssAfterRestart = server.usage().rssMb;
    return { startedInMs, rssAfterRestart, ...(await reportSome(server, callers, problems)) };
  });
  return { ...started, ...resumed };
}

async function onServer<T>(
  path: string,
  work: (server: RunningOrrery, callers: readonly FlowCaller[]) => Promise<T>,
): Promise<T> {
  const server = await startFlowServer(path);
  const callers = Array.from({ length: clients }, cloudflowClient(server.endpoint));
  try {
    return await work(server, callers);
  } finally {
    for (const caller of callers) caller.close();
    await server.stop();
  }
}

type Work = (caller: FlowCaller, number: number) => Promise<void>;

/** Does the work for the numbers from 0, each client one at a time. */
async function eachOf(count: number, callers: readonly FlowCaller[], work: Work): Promise<void> {
  let next = 0;
  const client = async (caller: FlowCaller): Promise<void> => {
    while (next < count) await work(caller, next++);
  };
  await Promise.all(callers.map(client));
}

const nameOf = (number: number): string => `order-${number}`;

async function startWaiting(caller: FlowCaller, number: number, problems: Tally): Promise<void> {
  const request = { FlowName: flow.name, ExecutionName: nameOf(number), Input: flow.input };
  const reply = await caller.call('StartExecution', request);
  if (reply.status !== 200) problems.count(`StartExecution: ${errorCode(reply)}`);
}

async function reportSome(server: RunningOrrery, callers: readonly FlowCaller[], problems: Tally) {
  const tokens: string[] = [];
  await eachOf(reported, callers, async (caller, number) => {
    tokens[number] = await tokenOf(caller, number);
  });
  const begun = performance.now();
  const before = server.usage().cpuMs;
  await eachOf(reported, callers, (caller, number) => report(caller, tokens[number] ?? '', problems));
  const seconds = (performance.now() - begun) / 1000;
  const cpuMs = server.usage().cpuMs - before;
  await eachOf(reported, callers, async (caller, number) => {
    await awaitOutput(caller, { flow, name: nameOf(number), problems });
  });
  return { reportsPerSecond: reported / seconds, reportCpuEach: cpuMs / reported };
}

async function tokenOf(caller: FlowCaller, number: number): Promise<string> {
  const request = { FlowName: flow.name, ExecutionName: nameOf(number) };
  const { Events } = (await caller.ask('GetExecutionHistory', request)) as {
    readonly Events: readonly { readonly Type: string; readonly EventDetail: string }[];
  };
  const scheduled = Events.find(({ Type }) => Type === 'TaskScheduled')?.EventDetail ?? '{}';
  return /"token":"([^"]+)"/.exec(scheduled)?.[1] ?? '';
}

async function report(caller: FlowCaller, token: string, problems: Tally): Promise<void> {
  const reply = await caller.call('ReportTaskSucceeded', { TaskToken: token, Output: flow.output });
  if (reply.status !== 200) problems.count(`ReportTaskSucceeded: ${errorCode(reply)}`);
}

function rowsOf(results: readonly Callbacks[]): Row[] {
  const row = (what: string, figure: keyof Callbacks): Row => ({
    what,
    ours: results.map((result) => result[figure]),
  });
  const memory = { of: 'value', bound: 'at most', limit: 600 } as const;
  return [
    row('start of an execution up to its callback: server CPU, ms', 'startCpuEach'),
    { ...row('50,000 open executions: server memory, MB', 'rssOfOpen'), target: memory },
    { ...row('the same after a restart, MB', 'rssAfterRestart'), target: memory },
    row('the restart, ms', 'startedInMs'),
    row('10,000 callbacks from 20 clients: reports per second', 'reportsPerSecond'),
    row('10,000 callbacks: server CPU per report, ms', 'reportCpuEach'),
  ];
}
