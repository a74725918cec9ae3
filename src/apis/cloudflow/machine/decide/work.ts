import type { Json } from '../../language/json.ts';
import { failureOf } from '../failure.ts';
import { failStep } from './fail.ts';
import type { Run } from './run.ts';

/** Does what may fail the step; whatever it throws, the step fails with it. */
export function attempt(run: Run, step: () => number, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    failStep(run, step(), failureOf(thrown));
  }
}

/** The step's work is done; what its output is made of may still fail it. */
export function succeed(run: Run, id: number, result: Json): void {
  attempt(
    run,
    () => id,
    () => run.dialect.succeed(run, id, result),
  );
}
