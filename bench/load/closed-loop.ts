import { createHistogram } from 'node:perf_hooks';
import type { Usage } from '../measure/process-usage.ts';

export interface LoopOptions {
  readonly concurrency: number;
  /** One execution from start to end; false when it failed, so that it is not counted. */
  readonly once: (slot: number) => Promise<boolean>;
  /** Reads the server's resources; called when a measured window opens and when it closes. */
  readonly usage: () => Usage;
  /** Kept up to date for whoever watches. */
  readonly progress?: { completed: number };
}

/** How long to work before the measured window opens, and how long the window is. */
export interface Span {
  readonly warmupSeconds: number;
  readonly seconds: number;
}

/** What happened inside the windows. Times are milliseconds, memory is that of the last window's end. */
export interface Measured {
  readonly completed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly serverCpuEach: number;
  readonly clientCpuEach: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

export interface ClosedLoop {
  /** Keeps `concurrency` executions going, each slot starting the next when its own ended; resolves when all have ended. */
  run(span: Span): Promise<void>;
  /** Of all windows together. */
  measured(): Measured;
}

/** Of one run. */
interface Life {
  window: boolean;
  over: boolean;
}

export function closedLoop(options: LoopOptions): ClosedLoop {
  const latency = createHistogram();
  const total = { completed: 0, seconds: 0, serverMs: 0, clientMs: 0, rssMb: 0, peakMb: 0 };
  const runSlot = async (slot: number, life: Life): Promise<void> => {
    while (!life.over) {
      const started = performance.now();
      const succeeded = await options.once(slot);
      if (!life.window || !succeeded) continue;
      total.completed += 1;
      if (options.progress) options.progress.completed += 1;
      latency.record(Math.max(1, Math.round((performance.now() - started) * 1000)));
    }
  };

  const measure = async (seconds: number, life: Life): Promise<void> => {
    const before = { usage: options.usage(), client: process.cpuUsage(), time: performance.now() };
    life.window = true;
    await pause(seconds);
    life.window = false;
    life.over = true;
    const after = options.usage();
    const client = process.cpuUsage(before.client);
    total.seconds += (performance.now() - before.time) / 1000;
    total.serverMs += after.cpuMs - before.usage.cpuMs;
    total.clientMs += (client.user + client.system) / 1000;
    Object.assign(total, { rssMb: after.rssMb, peakMb: after.peakMb });
  };

  return {
    run: async ({ warmupSeconds, seconds }) => {
      const life = { window: false, over: false };
      const slots = Array.from({ length: options.concurrency }, (_, slot) => runSlot(slot, life));
      const ended = Promise.all(slots).then(() => true);
      try {
        await Promise.race([ended, pause(warmupSeconds)]);
        await Promise.race([ended, measure(seconds, life)]);
        const isOver = await Promise.race([ended, pause(10)]);
        if (isOver !== true) throw new Error('Executions are still open ten seconds after the load.');
      } finally {
        life.over = true;
      }
    },
    measured: () => ({
      completed: total.completed,
      perSecond: total.completed / total.seconds,
      p50: latency.percentile(50) / 1000,
      p99: latency.percentile(99) / 1000,
      serverCpuEach: total.serverMs / total.completed,
      clientCpuEach: total.clientMs / total.completed,
      rssMb: total.rssMb,
      peakMb: total.peakMb,
    }),
  };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref());
}
