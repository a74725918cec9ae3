import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is removed when the work is done, whatever its outcome. */
export async function inTemporaryDirectory<T>(name: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`));
  try {
    return await work(path);
  } finally {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}
