import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Usage } from '../measure/process-usage.ts';

export interface LoopOptions {
  readonly concurrency: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  /** One execution from start to end; false when it failed, so that it is not counted. */
  readonly once: (slot: number) => Promise<boolean>;
  /** Reads the server's resources; called when the measured window opens and when it closes. */
  readonly usage: () => Usage;
  /** Kept up to date for whoever watches. */
  readonly progress?: { completed: number };
}

/** What happened inside the window. Times are milliseconds. */
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

interface Window {
  open: boolean;
  over: boolean;
  completed: number;
  readonly latency: RecordableHistogram;
}

/** Keeps `concurrency` executions going, each slot starting the next when its own ended, and measures one window. */
export async function closedLoop(options: LoopOptions): Promise<Measured> {
  const window: Window = { open: false, over: false, completed: 0, latency: createHistogram() };
  const slots = Array.from({ length: options.concurrency }, (_, slot) => runSlot(slot, options, window));
  const failed = Promise.all(slots).then(() => undefined);
  await Promise.race([failed, pause(options.warmupSeconds)]);
  const measured = measure(options, window);
  await Promise.race([failed, measured]);
  const result = await measured;
  await Promise.race([failed, pause(10)]);
  return result;
}

async function runSlot(slot: number, options: LoopOptions, window: Window): Promise<void> {
  while (!window.over) {
    const started = performance.now();
    const succeeded = await options.once(slot);
    if (!window.open || !succeeded) continue;
    window.completed += 1;
    if (options.progress) options.progress.completed += 1;
    window.latency.record(Math.max(1, Math.round((performance.now() - started) * 1000)));
  }
}

async function measure(options: LoopOptions, window: Window): Promise<Measured> {
  const before = { usage: options.usage(), client: process.cpuUsage(), time: performance.now() };
  window.open = true;
  await pause(options.seconds);
  window.open = false;
  window.over = true;
  const after = options.usage();
  const client = process.cpuUsage(before.client);
  const seconds = (performance.now() - before.time) / 1000;
  const completed = window.completed;
  return {
    completed,
    perSecond: completed / seconds,
    p50: window.latency.percentile(50) / 1000,
    p99: window.latency.percentile(99) / 1000,
    serverCpuEach: (after.cpuMs - before.usage.cpuMs) / completed,
    clientCpuEach: (client.user + client.system) / 1000 / completed,
    rssMb: after.rssMb,
    peakMb: after.peakMb,
  };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref());
}
