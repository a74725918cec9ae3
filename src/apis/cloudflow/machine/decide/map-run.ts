import { Rejection } from '../../../../kernel/errors.ts';
import type { EffectOutcome } from '../../../../kernel/machine.ts';
import type { DistributedMap, ListNumber } from '../../language/plan.ts';
import type { ChildEndedCommand, TaskOutcome, UpdateMapRunCommand } from '../commands.ts';
import type { Failure } from '../failure.ts';
import { failedItem, isTolerated } from '../inferred.ts';
import type { EffectPlace } from '../keys.ts';
import { mapChildPlace } from '../map-children.ts';
import { type MapRun, nestOf, stepOf } from '../state.ts';
import { callFailure } from './call-failure.ts';
import { failNest } from './fail.ts';
import { failMapRun, mapRunOf } from './map-run-end.ts';
import { type Run, record } from './run.ts';

export interface MapRunPlan {
  readonly list: ListNumber;
  readonly map: DistributedMap;
  readonly concurrency: number;
  /** How many items each child has; absent when each has one. */
  readonly sizes?: readonly number[];
}

/** Follows the StepStarted event that has begun the nest of child executions. */
export function startMapRun(run: Run, id: number, { list, map, concurrency, sizes }: MapRunPlan): void {
  const step = stepOf(run.state, id);
  const { total: children } = nestOf(step);
  const total = sizes === undefined ? children : sizes.reduce((sum, size) => sum + size, 0);
  const name = `map-${run.turn.identity.id}-${step.last}`;
  const count = map.toleratedFailureCount;
  const percentage = map.toleratedFailurePercentage;
  const mapRun: MapRun = {
    name,
    step: id,
    list,
    mode: map.mode,
    status: 'Running',
    startedAt: run.turn.now,
    concurrency,
    ...(count !== undefined && { toleratedFailedCount: count }),
    ...(percentage !== undefined && { toleratedFailedPercentage: percentage }),
    ...(sizes && { sizes }),
    counts: { pending: total, running: 0, succeeded: 0, failed: 0, aborted: 0, total },
  };
  const detail = { output: { MapRunName: name } };
  record(run, 'MapRunStarted', { step: step.name, cause: step.last, detail, own: { of: id, run: mapRun } });
}

export function beginMapChild({ turn, state }: Run, id: number): void {
  turn.note({ time: turn.now, note: 'map-child-begun', of: id, place: nestOf(stepOf(state, id)).begun });
}

/** The call that starts a child execution has ended. */
export function finishMapChildCall(run: Run, place: EffectPlace, outcome: EffectOutcome): void {
  const child = { of: place.step, place: place.child ?? 0 };
  if (outcome.ok) run.turn.note({ time: run.turn.now, note: 'map-child-started', ...child });
  else finishChild(run, child, { ok: false, ...callFailure(outcome) });
}

/** Ignored unless it is the end of a child that runs. */
export function endMapChild(run: Run, { taskEventId: of, executionName, outcome }: ChildEndedCommand): void {
  const { children, mapRun = '' } = nestOf(stepOf(run.state, of));
  const place = mapChildPlace(mapRun, executionName);
  if (place !== undefined && children[place] === true) finishChild(run, { of, place }, outcome);
}

function finishChild(run: Run, child: { of: number; place: number }, outcome: TaskOutcome): void {
  const output = outcome.ok ? outcome.output : failedItem();
  run.turn.note({ time: run.turn.now, note: 'map-child-ended', ...child, ok: outcome.ok, output });
  if (!outcome.ok) checkTolerance(run, child.of, outcome);
}

function checkTolerance(run: Run, id: number, failure: Failure): void {
  const mapRun = mapRunOf(run, id);
  if (isTolerated(mapRun)) return;
  failMapRun(run, id, failure);
  failNest(run, id, { error: failure.error, cause: failure.cause });
}

export function updateMapRun(run: Run, command: UpdateMapRunCommand): void {
  const { kind: _, ...changes } = command;
  const mapRun = run.state.mapRuns[command.mapRun];
  if (mapRun?.status !== 'Running') {
    throw new Rejection('MapRunNotExists', `Map run '${command.mapRun}' does not exist.`);
  }
  run.turn.note({ time: run.turn.now, note: 'map-run-updated', ...changes });
  const error = 'FnF.ToleratedFailuresExceeded';
  checkTolerance(run, mapRun.step, { error, cause: 'More items have failed than are tolerated now.' });
}
