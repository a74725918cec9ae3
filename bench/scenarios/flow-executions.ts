import { type Flow, fiveTasks, mapOfTasks, onePass } from '../load/flows.ts';
import { restateSteps } from '../load/restate-steps.ts';
import { type FlowLoadResult, runFlow } from '../load/run-flow.ts';
import type { Usage } from '../measure/process-usage.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { withFlowServer } from '../peers/flow-server.ts';
import { isRestateInstalled, startRestate } from '../peers/restate.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const warmupSeconds = 3;

/** How many executions of each flow go on at a time. */
const loads = {
  pass: { flow: onePass(), concurrency: 64 },
  tasks: { flow: fiveTasks('Standard'), concurrency: 64 },
  expressTasks: { flow: fiveTasks('Express'), concurrency: 64 },
  map: { flow: mapOfTasks(100), concurrency: 4 },
} as const satisfies Record<string, { readonly flow: Flow; readonly concurrency: number }>;

/** One round of everything. */
interface Round {
  readonly ours: Readonly<Record<keyof typeof loads, FlowLoadResult>>;
  readonly theirs?: RestateResult;
}

interface RestateResult extends FlowLoadResult {
  /** Of the process in which the workflow's code runs. */
  readonly serviceCpuEach: number;
}

/** Executions of small flows; five tasks against Restate's five steps, a fresh server of each in every round, by turns. */
export async function flowExecutions(options: BenchOptions): Promise<Report> {
  const withRestate = isRestateInstalled();
  if (!withRestate) options.say('Restate is not installed (npm ci in bench/): no comparison');
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`flows, round ${round} of ${options.rounds}`);
    const ours = await withFlowServer(async ({ endpoint, usage }) => {
      const run = (name: keyof typeof loads) =>
        runFlow({ ...loads[name], endpoint, usage, warmupSeconds, seconds: options.seconds });
      const [pass, tasks] = [await run('pass'), await run('tasks')];
      return { pass, tasks, expressTasks: await run('expressTasks'), map: await run('map') };
    });
    rounds.push(withRestate ? { ours, theirs: await restateRound(options) } : { ours });
  }
  return { rows: rowsOf(rounds), problems: rounds.flatMap(problemsOf) };
}

function restateRound(options: BenchOptions): Promise<RestateResult> {
  return inTemporaryDirectory('bench-restate', async (path) => {
    const server = await startRestate(path);
    const service: Usage[] = [];
    const usage = () => {
      service.push(server.serviceUsage());
      return server.usage();
    };
    try {
      const { ingress } = server;
      const { concurrency } = loads.tasks;
      const load = {
        ingress,
        prefix: 'flow',
        workflow: 'five-steps',
        concurrency,
        warmupSeconds,
        usage,
      } as const;
      const result = await restateSteps({ ...load, seconds: options.seconds });
      const [before, after] = service;
      const serviceCpu = (after?.cpuMs ?? 0) - (before?.cpuMs ?? 0);
      return { ...result, serviceCpuEach: serviceCpu / result.completed };
    } finally {
      await server.stop();
    }
  });
}

type Figure = Exclude<keyof FlowLoadResult, 'problems'>;

function rowsOf(rounds: readonly Round[]): Row[] {
  const row = (what: string, load: keyof typeof loads, figure: Figure): Row => ({
    what,
    ours: rounds.map(({ ours }) => ours[load][figure]),
  });
  const against = (name: string, values: readonly (number | undefined)[], target?: Target): Partial<Row> => {
    const found = values.filter((value) => value !== undefined);
    return found.length === 0 ? {} : { compared: { with: name, values: found }, ...(target && { target }) };
  };
  const third: Target = { of: 'ratio', bound: 'at most', limit: 0.33 };
  const theirs = (figure: Figure) => rounds.map((round) => round.theirs?.[figure]);
  const bothCpu = rounds.map(({ theirs }) => theirs && theirs.serverCpuEach + theirs.serviceCpuEach);
  return [
    row('one pass step: executions per second at 64', 'pass', 'perSecond'),
    row('one pass step: p50 at 64, ms', 'pass', 'p50'),
    row('one pass step: server CPU per execution, ms', 'pass', 'serverCpuEach'),
    {
      ...row('five tasks: executions per second at 64', 'tasks', 'perSecond'),
      ...against('restate', theirs('perSecond')),
    },
    { ...row('five tasks: p50 at 64, ms', 'tasks', 'p50'), ...against('restate', theirs('p50')) },
    { ...row('five tasks: p99 at 64, ms', 'tasks', 'p99'), ...against('restate', theirs('p99')) },
    {
      ...row('five tasks: server CPU per execution, ms', 'tasks', 'serverCpuEach'),
      ...against('restate', theirs('serverCpuEach'), third),
    },
    {
      ...row('five tasks: CPU with the functions, ms', 'tasks', 'serverCpuEach'),
      ...against('restate and service', bothCpu),
    },
    {
      ...row('five tasks, express: server CPU per execution, ms', 'expressTasks', 'serverCpuEach'),
      ...against('restate', theirs('serverCpuEach'), third),
    },
    row('five tasks: load generator CPU per execution, ms', 'tasks', 'clientCpuEach'),
    row('map of 100 tasks: executions per second at 4', 'map', 'perSecond'),
    row('map of 100 tasks: p50 at 4, ms', 'map', 'p50'),
    row('map of 100 tasks: server CPU per execution, ms', 'map', 'serverCpuEach'),
  ];
}

function problemsOf({ ours, theirs }: Round): string[] {
  const flows = Object.entries(ours).flatMap(([load, { problems }]) =>
    problems.map((problem) => `flows, ${load}: ${problem}`),
  );
  return [...flows, ...(theirs?.problems ?? []).map((problem) => `restate: ${problem}`)];
}
