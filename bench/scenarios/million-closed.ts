import { type LoadResult, runByTurns } from '../load/load.ts';
import { threeActivities } from '../load/three-activities.ts';
import type { BenchOptions, Report, Row } from '../measure/report.ts';
import { type RunningOrrery, withOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';
import { fillWithClosed } from './fill-with-closed.ts';

const domain = 'crowded';
const concurrency = 64;
const warmupSeconds = 3;

interface Loaded extends LoadResult {
  readonly startedInMs: number;
}

/** The load over a store with that many closed executions, and over an empty one, by turns. */
export async function millionClosed(options: BenchOptions, count: number): Promise<Report> {
  const full: Loaded[] = [];
  const empty: Loaded[] = [];
  await inTemporaryDirectory('bench-full', async (path) => {
    options.say(`closed executions: writing ${count}`);
    await fillWithClosed({ path, domain, count });
    for (let round = 1; round <= options.rounds; round += 1) {
      options.say(`closed executions, round ${round} of ${options.rounds}`);
      const { seconds } = options;
      const [overFull, overEmpty] = await inTemporaryDirectory('bench-empty', (fresh) =>
        withOrrery(path, (full) => withOrrery(fresh, (empty) => loadBoth({ full, empty }, seconds))),
      );
      full.push(overFull);
      empty.push(overEmpty);
    }
  });
  const problems = [...full, ...empty].flatMap((result) => result.problems);
  return {
    rows: rowsOf(count, full, empty),
    problems: problems.map((problem) => `closed executions: ${problem}`),
  };
}

async function loadBoth(
  { full, empty }: { readonly full: RunningOrrery; readonly empty: RunningOrrery },
  seconds: number,
): Promise<readonly [Loaded, Loaded]> {
  const load = ({ endpoint, usage }: RunningOrrery) =>
    threeActivities({ endpoint, domain, concurrency, usage });
  const loads = [await load(full), await load(empty)] as const;
  const [ofFull, ofEmpty] = await runByTurns(loads, { warmupSeconds, seconds });
  return [
    { ...ofFull, startedInMs: full.startedInMs },
    { ...ofEmpty, startedInMs: empty.startedInMs },
  ];
}

function rowsOf(count: number, full: readonly Loaded[], empty: readonly Loaded[]): Row[] {
  const among = `with ${count.toLocaleString('en-US')} closed`;
  const row = (what: string, figure: Exclude<keyof Loaded, 'problems'>): Row => ({
    what: `${among}: ${what}`,
    ours: full.map((result) => result[figure]),
    compared: { with: 'empty store', values: empty.map((result) => result[figure]) },
  });
  return [
    { ...row('executions per second', 'perSecond'), target: { of: 'ratio', bound: 'at least', limit: 0.95 } },
    row('p99, ms', 'p99'),
    row('server memory, MB', 'rssMb'),
    { ...row('start-up, ms', 'startedInMs'), target: { of: 'value', bound: 'at most', limit: 5000 } },
  ];
}
