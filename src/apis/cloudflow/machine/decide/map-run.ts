import { Rejection } from '../../../../kernel/errors.ts';
import type { EffectOutcome } from '../../../../kernel/machine.ts';
import type { DistributedMap, ListNumber } from '../../language/plan.ts';
import type { ChildEndedCommand, TaskOutcome, UpdateMapRunCommand } from '../commands.ts';
import type { ResultPlace } from '../effects.ts';
import { type Failure, StepFailure } from '../failure.ts';
import { failedItem, isTolerated, mapRunsFailure } from '../inferred.ts';
import type { EffectPlace } from '../keys.ts';
import { mapChildPlace } from '../map-children.ts';
import type { Note } from '../notes.ts';
import type { StepPlans } from '../own.ts';
import { type MapRun, nestOf, stepOf } from '../state.ts';
import { callFailure } from './call-failure.ts';
import { failNest } from './fail.ts';
import { failMapRun, mapRunOf } from './map-run-end.ts';
import { type Run, record } from './run.ts';

/** Of what went wrong with each of thousands of children, in characters. */
const LONGEST_KEPT = 1000;

export interface MapRunPlan {
  readonly list: ListNumber;
  readonly map: DistributedMap;
  /** Its child executions. */
  readonly nest: NonNullable<StepPlans['nest']>;
  /** Whether they are new to the step; else its StepStarted event has begun them. */
  readonly isNew: boolean;
  /** How many items each child has; absent when each has one. */
  readonly sizes?: readonly number[];
  readonly results?: ResultPlace;
}

/** Begins the map run of a step that has started. */
export function startMapRun(run: Run, id: number, { nest, isNew, ...plan }: MapRunPlan): void {
  const { list, map, sizes, results } = plan;
  checkMapRuns(run);
  const step = stepOf(run.state, id);
  const { total: children, limit: concurrency } = nest;
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
    ...(results && { results }),
    ...(sizes && { sizes }),
    counts: { pending: total, running: 0, succeeded: 0, failed: 0, aborted: 0, total },
  };
  const detail = { output: { MapRunName: name } };
  const own = { of: id, run: mapRun, ...(isNew && { nest }) };
  record(run, 'MapRunStarted', { step: step.name, cause: step.last, detail, own });
}

function checkMapRuns({ state }: Run): void {
  const { mapRuns: most } = state.limits;
  if (!(most > 0)) return;
  const open = Object.values(state.mapRuns).filter(({ status }) => status === 'Running');
  if (open.length >= most) throw new StepFailure(mapRunsFailure(most));
}

export function beginMapChild({ turn, state }: Run, id: number): void {
  turn.note({ time: turn.now, note: 'map-child-begun', of: id, place: nestOf(stepOf(state, id)).begun });
}

/** The call that starts a child execution has ended. */
export function finishMapChildCall(run: Run, place: EffectPlace, outcome: EffectOutcome): void {
  const child = { of: place.step, place: place.child ?? 0 };
  if (outcome.ok) run.turn.note({ time: run.turn.now, note: 'map-child-started', ...child });
  else notStarted(run, child, callFailure(outcome));
}

/** Ignored unless it is the end of a child that runs. */
export function endMapChild(run: Run, { taskEventId: of, executionName, outcome }: ChildEndedCommand): void {
  const { children, mapRun = '' } = nestOf(stepOf(run.state, of));
  const place = mapChildPlace(mapRun, executionName);
  if (place !== undefined && children[place] === true) finishChild(run, { of, place }, outcome);
}

type ChildEnded = Extract<Note, { readonly note: 'map-child-ended' }>;
type Child = { readonly of: number; readonly place: number };

function notStarted(run: Run, child: Child, { error, cause }: Failure): void {
  const reason = { error, cause: cause.slice(0, LONGEST_KEPT) };
  endChild(run, child, { ok: false, output: failedItem(), notStarted: reason });
  checkTolerance(run, child.of, { error, cause });
}

function endChild({ turn }: Run, child: Child, end: Pick<ChildEnded, 'ok' | 'output' | 'notStarted'>): void {
  turn.note({ time: turn.now, note: 'map-child-ended', ...child, ...end });
}

function finishChild(run: Run, child: Child, outcome: TaskOutcome): void {
  const isKept = outcome.ok && mapRunOf(run, child.of).results === undefined;
  endChild(run, child, { ok: outcome.ok, output: isKept ? outcome.output : failedItem() });
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
