import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runExample } from '../support/run-example.ts';
import { startServer } from '../support/start-server.ts';

/** What was said, without times, ids and the numbers that they end in. */
const said = (stdout: string): string[] =>
  stdout
    .split('\n')
    .filter((line) => / s {2}\w/.test(line))
    .map((line) => line.replace(/^ *[\d.]+ s +/, '').replaceAll(/order-\d{8,}/g, 'ORDER'));

/** Deciders and workers speak when they have been answered, so only the order within each of the two is certain. */
const decided = [
  /^decider +order: wait 1 s for cool-off$/,
  /^decider +order: schedule charge-card-2$/,
  /^decider +order: start child shipping-ORDER$/,
  /^decider +shipping: complete$/,
  /^decider +order: complete$/,
  /^shop +ORDER is COMPLETED$/,
];
const worked = [
  /^worker +reserve-stock-1: 2 × teapot reserved$/,
  /^worker +charge-card-1: begins$/,
  /^worker +charge-card-1: too late \(Unknown activity, scheduledEventId = \d+\)$/,
  /^worker +charge-card-2: € 59 charged for ORDER$/,
  /^worker +ship-1: parcel of ORDER handed over$/,
];

describe('the order example', () => {
  it('goes from the placing of an order to its parcel, twice on the same server', async (test) => {
    const { endpoint, stop } = await startServer();
    test.after(stop);
    for (const round of [1, 2]) {
      const { code, stdout, stderr } = await runExample('swf-order', endpoint);
      assert.deepEqual([code, stderr], [0, ''], `round ${round}: ${stdout}`);
      const lines = said(stdout);
      for (const story of [decided, worked]) {
        const places = story.map((pattern) => lines.findIndex((line) => pattern.test(line)));
        assert.ok(!places.includes(-1), `${places}\n${stdout}`);
        assert.deepEqual(
          places,
          places.toSorted((a, b) => a - b),
          stdout,
        );
      }
      for (const event of ['WorkflowExecutionSignaled', 'ActivityTaskTimedOut', 'TimerFired']) {
        assert.match(stdout, new RegExp(`^ +\\d+ +${event}$`, 'm'));
      }
      assert.match(stdout, / WorkflowExecutionCompleted\n$/);
    }
  });

  it('says so when there is no server', async () => {
    const { code, stderr } = await runExample('swf-order', 'http://127.0.0.1:1');
    assert.equal(code, 1);
    assert.match(stderr, /ECONNREFUSED/);
  });
});
