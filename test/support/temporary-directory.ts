import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'orrery-test-'));
  // A server in it that is ended only after this may add a line of its log meanwhile.
  const how = { recursive: true, force: true, maxRetries: 20 };
  return { path, remove: () => rm(path, how) };
}
