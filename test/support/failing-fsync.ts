import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Puts doubles in place of `fsync` and `fdatasync`, for the whole process: to be imported before whatever flushes files. No file
 * system that a test could mount fails them on demand.
 */
const system = { fsync: fs.fsync, fdatasync: fs.fdatasync };
type Call = keyof typeof system;
type Done = (error: Error | null) => void;

interface Plan {
  passing: number;
  failing: number;
}

const plans: Record<Call, Plan> = {
  fsync: { passing: 0, failing: 0 },
  fdatasync: { passing: 0, failing: 0 },
};

/** One fails, after so many. The system's own is called all the same, so that the next finds nothing to write. */
export function failNext(call: Call, { after = 0 } = {}): void {
  plans[call] = { passing: after, failing: 1 };
}

/** Whether what was to fail has failed. */
export const hasFailed = (call: Call): boolean => plans[call].failing === 0;

function double(call: Call): (fd: number, done: Done) => void {
  return (fd, done) => {
    const plan = plans[call];
    const isFailing = plan.passing === 0 && plan.failing > 0;
    if (isFailing) plan.failing -= 1;
    else if (plan.passing > 0) plan.passing -= 1;
    const fault = Object.assign(new Error(`EIO: i/o error, ${call}`), { code: 'EIO' });
    system[call](fd, (error) => done(error ?? (isFailing ? fault : null)));
  };
}

Object.assign(fs, { fsync: double('fsync'), fdatasync: double('fdatasync') });
syncBuiltinESMExports();
