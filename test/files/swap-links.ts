import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** Swaps a directory with a link to elsewhere and back, as fast as it can, until it is told to stop. */
const { directory, elsewhere } = workerData as { readonly directory: string; readonly elsewhere: string };
const [real, link] = [join(directory, '..', 'real'), join(directory, '..', 'link')];
mkdirSync(directory, { recursive: true });
// So that nobody takes it for empty and removes it.
writeFileSync(join(directory, 'kept'), '');
symlinkSync(elsewhere, link);
let isStopped = false;
parentPort?.on('message', () => {
  isStopped = true;
});

/** Whoever is being attacked may have made a directory there, and may be filling it: it goes. */
function rename(from: string, to: string): void {
  while (!isRenamed(from, to)) {
    try {
      rmSync(to, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function swap(): void {
  for (let at = 0; at < 50; at++) {
    rename(directory, real);
    rename(link, directory);
    rename(directory, link);
    rename(real, directory);
  }
  if (isStopped) parentPort?.close();
  else setImmediate(swap);
}

parentPort?.postMessage('swapping');
swap();
