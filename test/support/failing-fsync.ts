import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Puts a double in place of `fsync`, for the whole process: to be imported before whatever flushes files. No file system that a
 * test could mount fails it on demand.
 */
const { fsync } = fs;
let passing = 0;
let failing = 0;

/** After that many, so many fail. The system's own one is called all the same, so that the next finds nothing to write. */
export function failFsyncs({
  after = 0,
  count = 1,
}: {
  readonly after?: number;
  readonly count?: number;
} = {}): void {
  passing = after;
  failing = count;
}

/** Whether all that were to fail have failed. */
export const haveFailed = (): boolean => failing === 0;

function faulty(fd: number, done: (error: Error | null) => void): void {
  const isFailing = passing === 0 && failing > 0;
  if (isFailing) failing -= 1;
  else if (passing > 0) passing -= 1;
  const fault = Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  fsync(fd, (error) => done(error ?? (isFailing ? fault : null)));
}

Object.assign(fs, { fsync: faulty });
syncBuiltinESMExports();
