import { restateSteps } from '../load/restate-steps.ts';
import { type LoadResult, threeActivities } from '../load/three-activities.ts';

import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { startOrrery } from '../peers/orrery.ts';
import { isRestateInstalled, startRestate } from '../peers/restate.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

type Concurrency = 64 | 1;
/** One side's rounds at one concurrency. */
type Rounds = Map<Concurrency, LoadResult[]>;

const warmupSeconds = 15;

/** Three activities against Restate's three steps, a fresh server of each in every round, by turns. */
export async function againstRestate(
  options: BenchOptions,
  concurrencies: readonly Concurrency[],
): Promise<Report> {
  const ours: Rounds = new Map(concurrencies.map((concurrency) => [concurrency, []]));
  const theirs: Rounds = new Map(concurrencies.map((concurrency) => [concurrency, []]));
  const withRestate = isRestateInstalled();
  if (!withRestate) options.say('Restate is not installed (npm ci in bench/): no comparison');
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`round ${round} of ${options.rounds}: orrery`);
    await inTemporaryDirectory('bench-orrery', (path) => orreryRound(path, options, ours));
    if (!withRestate) continue;
    options.say(`round ${round} of ${options.rounds}: restate`);
    await inTemporaryDirectory('bench-restate', (path) => restateRound(path, options, theirs));
  }
  return {
    rows: concurrencies.flatMap((concurrency) => rowsOf(concurrency, ours, theirs)),
    problems: problemsOf(ours, theirs),
  };
}

async function orreryRound(path: string, options: BenchOptions, results: Rounds): Promise<void> {
  const server = await startOrrery(path);
  const { endpoint, usage } = server;
  try {
    for (const [concurrency, rounds] of results) {
      const domain = `at-${concurrency}`;
      rounds.push(
        await threeActivities({
          endpoint,
          domain,
          concurrency,
          warmupSeconds,
          seconds: options.seconds,
          usage,
        }),
      );
    }
  } finally {
    await server.stop();
  }
}

async function restateRound(path: string, options: BenchOptions, results: Rounds): Promise<void> {
  const server = await startRestate(path);
  const { ingress, usage } = server;
  try {
    for (const [concurrency, rounds] of results) {
      const prefix = `at-${concurrency}`;
      const { seconds } = options;
      const load = {
        ingress,
        workflow: 'three-steps',
        prefix,
        concurrency,
        warmupSeconds,
        seconds,
        usage,
      } as const;
      rounds.push(await restateSteps(load));
    }
  } finally {
    await server.stop();
  }
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
