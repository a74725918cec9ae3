import type { Json, JsonObject } from '../../language/json.ts';
import type { Callback } from '../commands.ts';
import type { EventType } from '../events.ts';
import type { Failure } from '../failure.ts';
import { executionTimeout } from '../inferred.ts';
import { isSameTask } from '../same-task.ts';
import { abandonAll } from './abandon.ts';
import { append, type CloudflowTurn, type Run } from './run.ts';
import { reportEnd } from './tell.ts';

type Ending = Extract<
  EventType,
  'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionStopped' | 'ExecutionTimedOut'
>;

export function endSucceeded(run: Run, output: Json, cause: number): void {
  end(run, 'ExecutionSucceeded', { cause, detail: { output } });
}

export function endFailed(run: Run, failure: Failure): void {
  endBy(run, 'ExecutionFailed', failure);
}

export function endStopped(run: Run, failure: Failure): void {
  endBy(run, 'ExecutionStopped', failure);
}

export function endTimedOut(run: Run): void {
  const { due, startedAt } = run.state;
  endBy(run, 'ExecutionTimedOut', executionTimeout(((due ?? startedAt) - startedAt) / 1000));
}

function endBy(run: Run, type: Ending, { error, cause, event }: Failure): void {
  abandonAll(run, { error, cause });
  end(run, type, { cause: event ?? run.turn.nextEventId - 1, detail: { error, cause } });
}

/** Not through `record`: the last event is what the limit keeps room for. */
function end({ turn }: Pick<Run, 'turn'>, type: Ending, entry: { cause: number; detail: JsonObject }): void {
  append(turn, { type, time: turn.now, step: '', ...entry, own: {} });
  tellEnd(turn);
}

function tellEnd(turn: CloudflowTurn): void {
  const { callback, followers = [], outcome } = turn.state;
  if (outcome === undefined) return;
  const told: Callback[] = [];
  for (const each of callback === undefined ? followers : [callback, ...followers]) {
    if (told.some((other) => isSameTask(other, each))) continue;
    told.push(each);
    reportEnd(turn, each, outcome);
  }
}
