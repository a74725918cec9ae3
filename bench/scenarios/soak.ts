import { parseArgs } from 'node:util';
import { runWhole } from '../load/load.ts';
import { threeActivities } from '../load/three-activities.ts';
import { exitOnSignals } from '../peers/exit-on-signals.ts';
import { startOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    concurrency: { type: 'string', default: '64' },
    every: { type: 'string', default: '10' },
  },
});

/** Constant load; a line every few seconds shows whether the server's memory stays where it is. */
async function soak(path: string): Promise<void> {
  const server = await startOrrery(path);
  const { endpoint, usage } = server;
  const seconds = Number(values.minutes) * 60;
  const progress = { completed: 0 };
  const ticking = setInterval(printProgress(progress, usage), Number(values.every) * 1000);
  try {
    const concurrency = Number(values.concurrency);
    const load = await threeActivities({ endpoint, domain: 'soak', concurrency, usage, progress });
    const { completed, perSecond, p50, p99, problems } = await runWhole(load, {
      warmupSeconds: 0,
      seconds,
    });
    say(`${completed} executions, ${perSecond.toFixed(0)}/s, p50 ${p50} ms, p99 ${p99} ms`);
    say(problems.length === 0 ? 'no problems' : problems.join('\n'));
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    clearInterval(ticking);
    await server.stop();
  }
}

function printProgress(
  progress: { readonly completed: number },
  usage: () => { rssMb: number; peakMb: number },
) {
  const begun = performance.now();
  let before = 0;
  say('seconds  executions  since last  RSS MB  peak MB');
  return () => {
    const { rssMb, peakMb } = usage();
    const cells = [
      (performance.now() - begun) / 1000,
      progress.completed,
      progress.completed - before,
      rssMb,
      peakMb,
    ];
    say(cells.map((cell, column) => cell.toFixed(0).padStart([7, 10, 10, 6, 7][column] ?? 0)).join('  '));
    before = progress.completed;
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

exitOnSignals();
await inTemporaryDirectory('bench-soak', soak);
