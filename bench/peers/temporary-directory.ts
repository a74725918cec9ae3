import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is removed when the work is done, whatever its outcome, or when this process exits before that. */
export async function inTemporaryDirectory<T>(name: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  try {
    return await work(path);
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}
