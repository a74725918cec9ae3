import type { Json } from '../../language/json.ts';
import type { Called } from '../calls/called.ts';
import { writtenResults } from '../inferred.ts';
import { nestOf, stepOf } from '../state.ts';
import { finishMapRun, mapRunOf } from './map-run-end.ts';
import { recordOutput } from './record-output.ts';
import type { Run } from './run.ts';
import { scheduleCall } from './schedule.ts';
import { succeed } from './work.ts';

/** All children of a map run have ended: what they have come to is written, where it shall be; false where it is kept here. */
export function writeResults(run: Run, id: number): boolean {
  const { name, results, notStarted = {} } = mapRunOf(run, id);
  if (results === undefined) return false;
  const children = nestOf(stepOf(run.state, id)).total;
  const called: Called = {
    effect: { kind: 'write-results', input: { ...results, mapRun: name, children, notStarted } },
    target: `${results.bucket}/${results.prefix}`,
  };
  const detail = { action: 'ResultWriter', input: { Bucket: results.bucket, Prefix: results.prefix } };
  scheduleCall(run, id, { called, mode: 'request', detail, timeoutSeconds: undefined });
  return true;
}

/** They are written, and durable. */
export function finishResults(run: Run, id: number, place: Json): void {
  recordOutput(run, id, { type: 'TaskSucceeded', output: place });
  const { name } = mapRunOf(run, id);
  finishMapRun(run, id);
  succeed(run, id, writtenResults(name, place));
}
