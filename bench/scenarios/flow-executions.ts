import type { Span } from '../load/closed-loop.ts';
import { type Flow, fiveTasks, mapOfTasks, onePass } from '../load/flows.ts';
import { type Load, type LoadResult, runByTurns, runWhole } from '../load/load.ts';
import { restateSteps } from '../load/restate-steps.ts';
import { runFlow } from '../load/run-flow.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { withFlowServer } from '../peers/flow-server.ts';
import type { RunningOrrery } from '../peers/orrery.ts';
import { isRestateInstalled, withRestate } from '../peers/restate.ts';

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
  readonly ours: Readonly<Record<keyof typeof loads, LoadResult>>;
  readonly theirs?: RestateResult;
}

interface RestateResult extends LoadResult {
  /** Of the process in which the workflow's code runs. */
  readonly serviceCpuEach: number;
}

/** Executions of small flows; five tasks by turns with Restate's five steps. Fresh servers in every round. */
export async function flowExecutions(options: BenchOptions): Promise<Report> {
  if (!isRestateInstalled()) options.say('Restate is not installed (npm ci in bench/): no comparison');
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`flows, round ${round} of ${options.rounds}`);
    rounds.push(await withFlowServer((server) => measureRound(server, options.seconds)));
  }
  return { rows: rowsOf(rounds), problems: rounds.flatMap(problemsOf) };
}

async function measureRound({ endpoint, usage }: RunningOrrery, seconds: number): Promise<Round> {
  const span = { warmupSeconds, seconds };
  const load = (name: keyof typeof loads) => runFlow({ ...loads[name], endpoint, usage });
  const pass = await runWhole(await load('pass'), span);
  const { tasks, theirs } = await byTurnsWithRestate(await load('tasks'), span);
  const expressTasks = await runWhole(await load('expressTasks'), span);
  const map = await runWhole(await load('map'), span);
  return { ours: { pass, tasks, expressTasks, map }, ...(theirs && { theirs }) };
}

async function byTurnsWithRestate(
  load: Load,
  span: Span,
): Promise<{ readonly tasks: LoadResult; readonly theirs?: RestateResult }> {
  if (!isRestateInstalled()) return { tasks: await runWhole(load, span) };
  return withRestate(async (server) => {
    const service: number[] = [];
    const usage = () => {
      service.push(server.serviceUsage().cpuMs);
      return server.usage();
    };
    const { ingress } = server;
    const { concurrency } = loads.tasks;
    const steps = restateSteps({ ingress, prefix: 'flow', workflow: 'five-steps', concurrency, usage });
    const [tasks, theirs] = await runByTurns([load, steps], span);
    return { tasks, theirs: { ...theirs, serviceCpuEach: withinWindows(service) / theirs.completed } };
  });
}

/** Readings come in pairs, one when a window opens and one when it closes. */
function withinWindows(readings: readonly number[]): number {
  return readings.reduce((sum, reading, at) => sum + (at % 2 === 0 ? -reading : reading), 0);
}

type Figure = Exclude<keyof LoadResult, 'problems'>;

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
