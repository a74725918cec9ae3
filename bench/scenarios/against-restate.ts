import { type Load, type LoadResult, runByTurns } from '../load/load.ts';
import { restateSteps } from '../load/restate-steps.ts';
import { threeActivities } from '../load/three-activities.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { type RunningOrrery, withOrrery } from '../peers/orrery.ts';
import { isRestateInstalled, type RunningRestate, withRestate } from '../peers/restate.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

type Concurrency = 64 | 1;
/** One side's rounds at one concurrency. */
type Rounds = Map<Concurrency, LoadResult[]>;

const warmupSeconds = 15;

/** Three activities against Restate's three steps: fresh servers in every round, which work by turns. */
export async function againstRestate(
  options: BenchOptions,
  concurrencies: readonly Concurrency[],
): Promise<Report> {
  const ours: Rounds = new Map(concurrencies.map((concurrency) => [concurrency, []]));
  const theirs: Rounds = new Map(concurrencies.map((concurrency) => [concurrency, []]));
  if (!isRestateInstalled()) options.say('Restate is not installed (npm ci in bench/): no comparison');
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`three activities, round ${round} of ${options.rounds}`);
    await withServers(async (orrery, restate) => {
      for (const concurrency of concurrencies) {
        const loads = [await ourLoad(orrery, concurrency)];
        if (restate) loads.push(theirLoad(restate, concurrency));
        const { seconds } = options;
        const [our, their] = await runByTurns(loads, { warmupSeconds, seconds });
        if (our) ours.get(concurrency)?.push(our);
        if (their) theirs.get(concurrency)?.push(their);
      }
    });
  }
  return {
    rows: concurrencies.flatMap((concurrency) => rowsOf(concurrency, ours, theirs)),
    problems: problemsOf(ours, theirs),
  };
}

function withServers(
  work: (orrery: RunningOrrery, restate: RunningRestate | undefined) => Promise<void>,
): Promise<void> {
  return inTemporaryDirectory('bench-orrery', async (path) => {
    await withOrrery(path, async (orrery) => {
      if (isRestateInstalled()) await withRestate((restate) => work(orrery, restate));
      else await work(orrery, undefined);
    });
  });
}

function ourLoad({ endpoint, usage }: RunningOrrery, concurrency: Concurrency): Promise<Load> {
  return threeActivities({ endpoint, domain: `at-${concurrency}`, concurrency, usage });
}

function theirLoad({ ingress, usage }: RunningRestate, concurrency: Concurrency): Load {
  return restateSteps({ ingress, workflow: 'three-steps', prefix: `at-${concurrency}`, concurrency, usage });
}

type Figure = Exclude<keyof LoadResult, 'problems'>;

const atMost = (limit: number): Target => ({ of: 'ratio', bound: 'at most', limit });

const figures: Readonly<Record<Concurrency, readonly (readonly [string, Figure, Target?])[]>> = {
  64: [
    ['executions per second at 64', 'perSecond', { of: 'ratio', bound: 'at least', limit: 1.6 }],
    ['p50 at 64, ms', 'p50'],
    ['p99 at 64, ms', 'p99', atMost(0.7)],
    ['server CPU per execution at 64, ms', 'serverCpuEach', atMost(0.5)],
    ['server memory at 64, MB', 'rssMb', atMost(0.6)],
    ['load generator CPU per execution at 64, ms', 'clientCpuEach'],
  ],
  1: [
    ['p50 at 1, ms', 'p50', atMost(0.6)],
    ['p99 at 1, ms', 'p99'],
    ['server CPU per execution at 1, ms', 'serverCpuEach'],
  ],
};

function rowsOf(concurrency: Concurrency, ours: Rounds, theirs: Rounds): Row[] {
  return figures[concurrency].map(([what, figure, target]) => {
    const values = (theirs.get(concurrency) ?? []).map((result) => result[figure]);
    return {
      what,
      ours: (ours.get(concurrency) ?? []).map((result) => result[figure]),
      ...(values.length > 0 ? { compared: { with: 'restate', values } } : {}),
      ...(target ? { target } : {}),
    };
  });
}

function problemsOf(ours: Rounds, theirs: Rounds): string[] {
  const named = (name: string, rounds: Rounds) =>
    [...rounds.values()].flat().flatMap((result) => result.problems.map((problem) => `${name}: ${problem}`));
  return [...named('orrery', ours), ...named('restate', theirs)];
}
