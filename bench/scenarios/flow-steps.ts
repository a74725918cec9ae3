import { cloudflowClient, type FlowCaller } from '../load/cloudflow-client.ts';
import { createFlow, type Flow, passSteps } from '../load/flows.ts';
import { standardRun } from '../load/run-flow.ts';
import { type Tally, tally } from '../load/tally.ts';
import type { BenchOptions, Report, Row } from '../measure/report.ts';
import { withFlowServer } from '../peers/flow-server.ts';
import type { RunningOrrery } from '../peers/orrery.ts';

const counts = [100, 1_000, 4_500] as const;
const concurrency = 4;
/** Steps in each measured window, so that ticks of 10 ms do not matter. */
const stepsPerWindow = 180_000;
const stepsToWarmUp = 45_000;

/** Flows of pass steps of different lengths: what one step costs the server, the execution's start and end included. */
export async function flowSteps(options: BenchOptions): Promise<Report> {
  const problems = tally();
  const rounds: number[][] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`pass steps, round ${round} of ${options.rounds}`);
    rounds.push(await withFlowServer((server) => stepsRound(server, problems)));
  }
  return { rows: rowsOf(rounds), problems: problems.lines().map((line) => `pass steps: ${line}`) };
}

/** Microseconds of server CPU for a step, by length of the flow. */
async function stepsRound({ endpoint, usage }: RunningOrrery, problems: Tally): Promise<number[]> {
  const callers = Array.from({ length: concurrency }, cloudflowClient(endpoint));
  const flows = counts.map((count) => ({ count, flow: passSteps(count) }));
  for (const { count, flow } of flows) {
    await createFlow(callers[0] as FlowCaller, flow);
    await runMany(callers, { flow, prefix: 'warm', times: stepsToWarmUp / count, problems });
  }
  const found: number[] = [];
  for (const { count, flow } of flows) {
    const before = usage().cpuMs;
    const times = stepsPerWindow / count;
    await runMany(callers, { flow, prefix: 'run', times, problems });
    found.push(((usage().cpuMs - before) * 1000) / (times * count));
  }
  for (const caller of callers) caller.close();
  return found;
}

interface Runs {
  readonly flow: Flow;
  readonly prefix: string;
  readonly times: number;
  readonly problems: Tally;
}

async function runMany(
  callers: readonly FlowCaller[],
  { flow, prefix, times, problems }: Runs,
): Promise<void> {
  let started = 0;
  const runOwn = async (caller: FlowCaller): Promise<void> => {
    while (started < times) {
      started += 1;
      await standardRun(caller, { flow, name: `${prefix}-${started}`, problems });
    }
  };
  await Promise.all(callers.map(runOwn));
}

function rowsOf(rounds: readonly (readonly number[])[]): Row[] {
  const each = counts.map((count, at) => ({
    what: `${count.toLocaleString('en-US')} pass steps: server CPU per step, start and end included, µs`,
    ours: rounds.map((round) => round[at] ?? Number.NaN),
  }));
  const first = rounds.map((round) => between(round, 0));
  const target = { of: 'value', bound: 'at most', limit: 15 } as const;
  return [
    ...each,
    { what: 'a pass step from the 100th to the 1,000th, µs', ours: first, target },
    {
      what: 'a pass step from the 1,000th to the 4,500th, µs',
      ours: rounds.map((round) => between(round, 1)),
      compared: { with: 'the earlier ones', values: first },
      target,
    },
  ];
}

/** What a step costs by which the next longer flow is longer: start and end fall out. */
function between(round: readonly number[], at: number): number {
  const whole = (place: number) => (counts[place] ?? Number.NaN) * (round[place] ?? Number.NaN);
  return (whole(at + 1) - whole(at)) / ((counts[at + 1] ?? Number.NaN) - (counts[at] ?? Number.NaN));
}
