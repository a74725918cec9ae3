import { type SwfCaller, swfClient } from '../load/swf-client.ts';
import { type Tally, tally } from '../load/tally.ts';
import { type LoadNames, pollInput, registerTypes, startInput } from '../load/workflow.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { type RunningOrrery, startOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const pollers = 1000;
const starters = 32;
/** Polls end after 60 s; the window and what is around it must fit. */
const longestWindow = 40;
const names: LoadNames = { domain: 'idle', taskList: 'waiting' };

interface Idle {
  readonly cpuPercent: number;
  readonly kilobytesEach: number;
  readonly slowestMs: number;
}

/** A thousand long polls that wait for nothing, then a thousand tasks for them. */
export async function idlePolls(options: BenchOptions): Promise<Report> {
  const problems = tally();
  const results: Idle[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`idle polls, round ${round} of ${options.rounds}`);
    await inTemporaryDirectory('bench-idle', async (path) => {
      const server = await startOrrery(path);
      try {
        results.push(await idleRound(server, Math.min(options.seconds, longestWindow), problems));
      } finally {
        await server.stop();
      }
    });
  }
  return { rows: rowsOf(results), problems: problems.lines().map((line) => `idle polls: ${line}`) };
}

async function idleRound(server: RunningOrrery, seconds: number, problems: Tally): Promise<Idle> {
  const connect = swfClient(server.endpoint);
  await registerTypes(connect(), names);
  await warmUp(connect());
  const before = server.usage();
  const callers = Array.from({ length: pollers }, connect);
  const answers = callers.map((caller) => answerDelay(caller, problems));
  await pause(3);
  const settled = server.usage();
  await pause(seconds);
  const cpuMs = server.usage().cpuMs - settled.cpuMs;
  await startExecutions(connect, problems);
  const delays = await Promise.all(answers);
  for (const caller of callers) caller.close();
  return {
    cpuPercent: cpuMs / seconds / 10,
    kilobytesEach: ((settled.rssMb - before.rssMb) * 1024) / pollers,
    slowestMs: Math.max(...delays),
  };
}

/** So that memory taken by code that has to run once anyway is not counted as the polls'. */
async function warmUp(caller: SwfCaller): Promise<void> {
  const { domain, taskList } = names;
  for (let request = 0; request < 2000; request += 1) {
    await caller.ask('CountPendingDecisionTasks', { domain, taskList: { name: taskList } });
  }
  caller.close();
}

/** Milliseconds from the event that made the task to the answer of the poll. */
async function answerDelay(caller: SwfCaller, problems: Tally): Promise<number> {
  for (;;) {
    const { status, body } = await caller.call('PollForDecisionTask', pollInput(names, 'idle'));
    const now = Date.now();
    if (status !== 200) {
      problems.count(`PollForDecisionTask: ${body}`);
      return Number.NaN;
    }
    const { events } = JSON.parse(body) as { events?: readonly { eventTimestamp: number }[] };
    if (events?.[1]) return now - events[1].eventTimestamp * 1000;
  }
}

async function startExecutions(connect: () => SwfCaller, problems: Tally): Promise<void> {
  let started = 0;
  const starter = async () => {
    const caller = connect();
    while (started < pollers) {
      started += 1;
      const reply = await caller.call('StartWorkflowExecution', startInput(names, `idle-${started}`));
      if (reply.status !== 200) problems.count(`StartWorkflowExecution: ${reply.body}`);
    }
    caller.close();
  };
  await Promise.all(Array.from({ length: starters }, starter));
}

function rowsOf(results: readonly Idle[]): Row[] {
  const row = (what: string, figure: keyof Idle, limit: number): Row => {
    const target: Target = { of: 'value', bound: 'at most', limit };
    return { what, ours: results.map((result) => result[figure]), target };
  };
  return [
    row('1,000 idle polls: CPU, % of a core', 'cpuPercent', 2),
    row('1,000 idle polls: memory each, KB', 'kilobytesEach', 30),
    row('1,000 idle polls: slowest answer after its event, ms', 'slowestMs', 100),
  ];
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
