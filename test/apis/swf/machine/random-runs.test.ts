import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Decision } from '../../../../src/apis/swf/machine/decisions.ts';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { scheduledEventOf } from '../../../../src/apis/swf/machine/offers.ts';
import {
  cancel,
  cancelActivity,
  cancelExternal,
  cancelTimer,
  child,
  complete,
  continueAsNew,
  fail,
  lambda,
  marker,
  schedule,
  signalExternal,
  timer,
} from './decisions.ts';
import { checkHistory, countOpen } from './history-rules.ts';
import { historyOf, type SwfRun, SwfWorld } from './swf-world.ts';

type Step = (world: SwfWorld, run: SwfRun) => void;

const id = fc.constantFrom('a', 'b', 'c');
const workflowId = fc.constantFrom('W', 'X', 'Y');
const seconds = fc.constantFrom('0', '1', '5', '30');

const open: fc.Arbitrary<Decision> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(id, seconds).map(([a, s]) => schedule(a, { heartbeatTimeout: s })) },
  id.map(cancelActivity),
  fc.tuple(id, seconds).map(([t, s]) => timer(t, s)),
  id.map(cancelTimer),
  id.map((name) => marker(name)),
  fc
    .tuple(workflowId, fc.constantFrom('TERMINATE', 'REQUEST_CANCEL', 'ABANDON'))
    .map(([w, childPolicy]) => child(w, { childPolicy })),
  workflowId.map((w) => signalExternal(w)),
  workflowId.map((w) => cancelExternal(w)),
  fc.tuple(id, seconds).map(([l, s]) => lambda(l, { startToCloseTimeout: s })),
);

const last: fc.Arbitrary<Decision[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Decision[]>([]) },
  fc.constantFrom<Decision[]>([complete('r')], [fail('r')], [cancel()], [continueAsNew()]),
);

const batch = fc.tuple(fc.array(open, { maxLength: 5 }), last).map(([some, end]) => [...some, ...end]);

const decide = batch.map(
  (decisions): Step =>
    (world, run) => {
      if (run.state.decision === null || run.state.decision.startedEventId === 0) return;
      const sticky = { taskList: { name: 'sticky' }, taskListScheduleToStartTimeout: '5' };
      world.respond(run, decisions, decisions.length === 1 ? sticky : {});
    },
);

const poll: Step = (world, run) => {
  for (const { key } of swfMachine.offers(run.state)) {
    const scheduledEventId = scheduledEventOf(key);
    const type = key.startsWith('d') ? 'start-decision-task' : 'start-activity-task';
    world.apply(run, { type, scheduledEventId });
    return;
  }
};

const work = fc
  .constantFrom(
    'complete-activity-task' as const,
    'fail-activity-task' as const,
    'cancel-activity-task' as const,
    'record-heartbeat' as const,
  )
  .map(
    (type): Step =>
      (world, run) => {
        const started = Object.entries(run.state.activities).find(
          ([, { startedEventId }]) => startedEventId !== 0,
        );
        if (started === undefined) return;
        const [scheduled, { startedEventId }] = started;
        world.apply(run, { type, scheduledEventId: Number(scheduled), startedEventId });
      },
  );

const finish: Step = (world, run) => {
  for (const { key } of swfMachine.effects(run.state)) {
    world.finish(run, key, { ok: true, value: 'r' });
    return;
  }
};

const fromOutside = fc.constantFrom<Step>(
  (world, run) => world.signal(run),
  (world, run) => void world.apply(run, { type: 'request-cancel' }),
);

const time = fc.constantFrom(0, 1, 999, 5_000, 61_000).map(
  (milliseconds): Step =>
    (world) =>
      world.advance(milliseconds),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(poll) },
  { weight: 5, arbitrary: decide },
  { weight: 3, arbitrary: work },
  { weight: 2, arbitrary: fromOutside },
  { weight: 2, arbitrary: time },
  { weight: 1, arbitrary: fc.constant(finish) },
  { weight: 1, arbitrary: fc.constant<Step>((world) => void world.deliver()) },
);

const play = fc.array(fc.tuple(fc.nat({ max: 5 }), step), { minLength: 20, maxLength: 80 });

test('whatever deciders and workers do, histories keep their rules', () => {
  fc.assert(
    fc.property(play, (steps) => {
      const world = new SwfWorld();
      world.start({ lambdaRole: 'arn:role' });
      world.start({}, 'X');
      for (const [who, act] of steps) {
        const run = world.runs[who % world.runs.length];
        if (run !== undefined && run.state.close === null) act(world, run);
      }
      for (const run of world.runs.slice()) {
        checkHistory(historyOf(run));
        const { decisions, ...counts } = run.state.open;
        assert.deepEqual(counts, countOpen(historyOf(run)));
        assert.ok(decisions <= 1);
      }
    }),
    { numRuns: 150, seed: 20_120_125 },
  );
});
