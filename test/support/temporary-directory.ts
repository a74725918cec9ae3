import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export interface TemporaryDirectory {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Goes with the test, if one is given, after all that the test has still to end. */
export async function makeTemporaryDirectory(
  context?: Pick<TestContext, 'after'>,
): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'orrery-test-'));
  // A process in it that is killed may still write meanwhile.
  const how = { recursive: true, force: true, maxRetries: 20 };
  const remove = (): Promise<void> => rm(path, how);
  // Hooks run in the order in which they were given, and what is started in the directory gives its own later. A hook that is given in
  // one that runs comes last; when another fails it does not run, and the directory stays.
  context?.after(() => context.after(remove));
  return { path, remove };
}
