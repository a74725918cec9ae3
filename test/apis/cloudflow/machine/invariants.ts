import assert from 'node:assert/strict';
import type { StoredEvent } from '../../../../src/apis/cloudflow/machine/events.ts';
import { readEffectKey } from '../../../../src/apis/cloudflow/machine/keys.ts';
import type { State } from '../../../../src/apis/cloudflow/machine/state.ts';

/** What must hold of any state between two commands. */
export function checkState(state: State): void {
  checkTimers(state);
  const { scopes, steps, ready, effects } = state;
  assert.equal(new Set(ready).size, ready.length, 'nothing is ready twice');
  for (const id of ready) assert.ok(scopes[id] ?? steps[id]?.nest, `${id} is ready and there`);
  for (const [id, { owner, step }] of Object.entries(scopes)) {
    if (owner !== 0) assert.ok(steps[owner]?.nest?.children[Number(id)], 'its owner knows it');
    if (step !== 0) assert.equal(steps[step]?.scope, Number(id), 'its step knows it');
    assert.equal(step === 0, ready.includes(Number(id)), 'it is ready or has an active step');
  }
  for (const { phase, scope } of Object.values(steps)) {
    assert.notEqual(phase, 'entered', 'every active step waits for something');
    assert.ok(scopes[scope], 'its list is open');
  }
  for (const key of Object.keys(effects)) {
    const { step, attempt } = readEffectKey(key);
    assert.equal(steps[step]?.attempts, attempt, `${key} belongs to the present attempt`);
  }
  if (state.status === 'Running') return;
  assert.deepEqual([scopes, steps, ready, effects, state.timers], [{}, {}, [], {}, []]);
}

function checkTimers({ timers, steps }: State): void {
  const dueOf = (id: number | undefined): number => steps[id ?? 0]?.due ?? -1;
  for (const [place, id] of timers.entries()) {
    assert.equal(steps[id]?.timer, place);
    if (place > 0) assert.ok(dueOf(timers[(place - 1) >> 1]) <= dueOf(id), 'earlier ones are above');
  }
  const due = Object.values(steps).filter((step) => step.due !== null);
  assert.equal(due.length, timers.length, 'each due time is there once');
}

/** What must hold of any history. */
export function checkHistory(events: readonly StoredEvent[]): void {
  const open = new Set<number>();
  for (const [place, { type, cause, own }] of events.entries()) {
    const id = place + 1;
    assert.ok(cause < id && (cause > 0 || id === 1), `event ${id} comes after its cause`);
    if (type === 'StepEntered') open.add(id);
    if (type === 'StepExited') assert.ok(open.delete(Number(own?.of)), `event ${id} leaves an active step`);
    if (type.startsWith('Execution')) assert.ok(id === 1 || id === events.length, `event ${id} ends it`);
  }
  if (events.at(-1)?.type === 'ExecutionSucceeded') assert.ok(open.size === 0 || hasFailure(events));
}

/** Steps in what was given up never exit. */
function hasFailure(events: readonly StoredEvent[]): boolean {
  return events.some(({ type }) => type === 'StepFailed');
}
