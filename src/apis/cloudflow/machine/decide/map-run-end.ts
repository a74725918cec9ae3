import type { JsonObject } from '../../language/json.ts';
import type { Failure } from '../failure.ts';
import { mapChildName } from '../map-children.ts';
import { type MapRun, nestOf, stepOf } from '../state.ts';
import { hasRoom, type Run, record } from './run.ts';
import { abandonChild } from './tell.ts';

export function failMapRun(run: Run, id: number, failure: Failure): void {
  stopChildren(run, id, failure);
  recordEnd(run, 'MapRunFailed', { id, detail: { error: failure.error, cause: failure.cause } });
}

export function finishMapRun(run: Run, id: number): void {
  const { counts } = mapRunOf(run, id);
  recordEnd(run, 'MapRunSucceeded', { id, detail: { succeeded: counts.succeeded, failed: counts.failed } });
}

/**
 * Its state is given up. The end of the execution itself stops the run even where no event has room any more, and may
 * come before the event that begins the run had room.
 */
export function stopMapRun(run: Run, id: number, reason: Failure): void {
  const name = nestOf(stepOf(run.state, id)).mapRun ?? '';
  if (run.state.mapRuns[name]?.status !== 'Running') return;
  stopChildren(run, id, reason);
  if (hasRoom(run))
    recordEnd(run, 'MapRunStopped', { id, detail: { error: reason.error, cause: reason.cause } });
}

interface End {
  readonly id: number;
  readonly detail: JsonObject;
}

function recordEnd(
  run: Run,
  type: 'MapRunSucceeded' | 'MapRunFailed' | 'MapRunStopped',
  { id, detail }: End,
): void {
  const step = stepOf(run.state, id);
  const own = { of: id, name: mapRunOf(run, id).name };
  record(run, type, { step: step.name, cause: step.last, detail, own });
}

function stopChildren(run: Run, id: number, reason: Failure): void {
  const { children, mapRun = '' } = nestOf(stepOf(run.state, id));
  const flowName = run.state.flow.name;
  for (const place of Object.keys(children)) {
    abandonChild(run, { of: id, flowName, executionName: mapChildName(mapRun, Number(place)) }, reason);
  }
}

/** The map run that a step has open. */
export function mapRunOf({ state }: Run, id: number): MapRun {
  const mapRun = state.mapRuns[nestOf(stepOf(state, id)).mapRun ?? ''];
  if (mapRun === undefined) throw new Error(`Step ${id} has no map run.`);
  return mapRun;
}
