import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FlowWorld } from '../apis/cloudflow/machine/flow-world.ts';
import { Ambiguous, Effects, Failed, type Value } from './cloudflow/evaluation.ts';
import { evaluateLegacy } from './cloudflow/legacy-evaluator.ts';
import { inputs, legacyFlows, machines } from './cloudflow/random-flows.ts';
import { evaluateStates } from './cloudflow/state-evaluator.ts';

/** Few by default, thousands by hand. */
const numRuns = Number(process.env.ORRERY_MODEL_PLAYS ?? 300);

type Evaluate = (definition: Value, input: Value, effects: Effects) => Value;

/** An execution ends as the evaluator says, with the calls that it says. */
function compare(evaluate: Evaluate, definition: Value, input: Value): void {
  const effects = new Effects();
  let expected: Value;
  try {
    expected = { ok: true, output: evaluate(definition, input, effects) };
  } catch (error) {
    fc.pre(!(error instanceof Ambiguous));
    if (!(error instanceof Failed)) throw error;
    expected = { ok: false, error: error.code };
  }
  const world = new FlowWorld();
  const run = world.start(JSON.stringify(definition), input, { limits: { events: 0, stepBytes: 0 } });
  world.finish();
  const outcome = JSON.parse(JSON.stringify(run.state.outcome));
  delete outcome.cause;
  assert.deepEqual(outcome, JSON.parse(JSON.stringify(expected)));
  if (!effects.isCut) assert.deepEqual(world.calls, effects.calls);
}

test('random flows of steps do what an independent evaluator says', () => {
  fc.assert(
    fc.property(legacyFlows, inputs, (flow, input) => compare(evaluateLegacy, flow, input)),
    { numRuns },
  );
});

test('random flows of states do what an independent evaluator says', () => {
  fc.assert(
    fc.property(machines, inputs, (flow, input) => compare(evaluateStates, flow, input)),
    { numRuns },
  );
});
