import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASES } from '../cases/cases.ts';
import { FlowWorld } from './flow-world.ts';

for (const { id, title, definition, others, runs } of CASES) {
  for (const [place, { input, expected, report, calls, waits, children }] of runs.entries()) {
    test(`${id}, run ${place + 1}: ${title}`, () => {
      const world = new FlowWorld(others);
      const run = world.start(definition, input);
      if (report !== undefined) {
        assert.equal(run.state.status, 'Running', 'it waits for its callback');
        world.report(run, report);
      }
      world.finish();
      const { state } = run;
      assert.equal(state.status, expected.status);
      if (expected.status === 'Succeeded') {
        assert.deepEqual(state.outcome, { ok: true, output: expected.output });
      } else {
        const outcome = state.outcome as { readonly error: string; readonly cause: string };
        assert.equal(outcome.error, expected.error);
        if (expected.cause !== undefined) assert.equal(outcome.cause, expected.cause);
        assert.equal(run.events.at(-1)?.type, 'ExecutionFailed');
      }
      assert.deepEqual(world.calls, calls ?? {});
      assert.deepEqual(world.waits, waits ?? []);
      for (const [flow, count] of Object.entries(children ?? {})) {
        const found = world.executionsOf(flow);
        assert.equal(found.length, count);
        for (const child of found) assert.equal(child.state.status, 'Succeeded');
      }
    });
  }
}
