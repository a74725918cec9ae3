import { failureOf } from '../failure.ts';
import { readyNow } from '../ready-now.ts';
import { nestOf, type Scope, scopeOf, stepOf } from '../state.ts';
import { endFailed, endSucceeded } from './end.ts';
import { writeResults } from './map-results.ts';
import { beginMapChild } from './map-run.ts';
import { finishMapRun } from './map-run-end.ts';
import { type Run, record } from './run.ts';
import { attempt, succeed } from './work.ts';

/** So many moves are made at one go; then others have their turn, and a tick goes on. */
const MOVES_PER_TURN = 500;

/** Goes on with everything that can go on, until all that runs waits for something. */
export function advance(run: Run): void {
  for (let moves = 0; moves < MOVES_PER_TURN; moves++) {
    const next = readyNow(run.state);
    if (next === undefined) return;
    if (run.state.scopes[next] === undefined) advanceNest(run, next);
    else advanceScope(run, next);
  }
}

function advanceScope(run: Run, id: number): void {
  const scope = scopeOf(run.state, id);
  if (scope.at === null) {
    leave(run, id, scope);
    return;
  }
  attempt(
    run,
    () => scope.step,
    () => run.dialect.enter(run, id),
  );
}

function leave(run: Run, id: number, scope: Scope): void {
  if (scope.owner === 0) {
    endFlow(run, scope);
    return;
  }
  const owner = stepOf(run.state, scope.owner);
  const { kind } = nestOf(owner);
  if (kind === 'option') {
    succeed(run, scope.owner, scope.value);
    return;
  }
  const type = kind === 'branches' ? 'BranchExited' : 'IterationExited';
  const detail = run.dialect.exitDetail(scope);
  record(run, type, { step: owner.name, cause: scope.last, detail, own: { scope: id } });
}

function endFlow(run: Run, scope: Scope): void {
  try {
    endSucceeded(run, run.dialect.output(run, scope), scope.last);
  } catch (thrown) {
    endFailed(run, { ...failureOf(thrown), event: scope.last });
  }
}

function advanceNest(run: Run, id: number): void {
  const step = stepOf(run.state, id);
  const nest = nestOf(step);
  if (nest.begun === nest.total) {
    if (nest.kind === 'executions') {
      if (writeResults(run, id)) return;
      finishMapRun(run, id);
    }
    succeed(run, id, run.dialect.nestResult(run, id));
    return;
  }
  if (nest.kind === 'executions') beginMapChild(run, id);
  else enterChild(run, id);
}

function enterChild(run: Run, id: number): void {
  const step = stepOf(run.state, id);
  const { kind, begun: place } = nestOf(step);
  const dialect = run.dialect;
  const lists = dialect.lists(run, id);
  const list = lists[kind === 'branches' ? place : 0] ?? 0;
  const type = kind === 'branches' ? 'BranchEntered' : 'IterationEntered';
  const detail = { index: place, input: dialect.childInput(run, id, place) };
  const own = { of: id, place, list, at: dialect.first(run, list) };
  record(run, type, { step: step.name, cause: step.last, detail, own });
}
