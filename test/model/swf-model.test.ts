import { test } from 'node:test';
import fc from 'fast-check';
import type { Decision } from '../../src/apis/swf/machine/decisions.ts';
import {
  cancel,
  cancelActivity,
  cancelTimer,
  child,
  complete,
  continueAsNew,
  fail,
  marker,
  schedule,
  signalExternal,
  timer,
} from '../apis/swf/machine/decisions.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { RawCaller } from '../support/raw-call.ts';
import { startServer } from '../support/start-server.ts';
import { Both, lasting } from './both.ts';

const PLAYS = Number(process.env.ORRERY_MODEL_PLAYS ?? 60);

const names = ['A', 'B', 'C'];
const workflowId = fc.constantFrom(...names);
const id = fc.constantFrom('x', 'y');
const seconds = fc.constantFrom('NONE', '0', '3', '7', '20');
const childPolicy = fc.constantFrom('TERMINATE' as const, 'REQUEST_CANCEL' as const, 'ABANDON' as const);

/** Decisions that concern nobody else; activities go to the list of their execution. */
const local = (list: string): fc.Arbitrary<Decision> =>
  fc.oneof(
    fc.tuple(id, seconds, seconds, seconds).map(([activityId, start, close, beat]) =>
      schedule(activityId, {
        taskList: { name: list },
        scheduleToStartTimeout: start,
        startToCloseTimeout: close,
        heartbeatTimeout: beat,
      }),
    ),
    id.map(cancelActivity),
    fc.tuple(id, fc.constantFrom('0', '3', '7', '20')).map(([name, time]) => timer(name, time)),
    id.map(cancelTimer),
    id.map((name) => marker(name)),
  );

const last = (list: string): fc.Arbitrary<Decision[]> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Decision[]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<Decision>(
          complete(),
          fail(),
          cancel(),
          continueAsNew({ ...lasting, taskList: { name: list } }),
        )
        .map((end) => [end]),
    },
  );

/** A message to another execution stands alone: how two of them interleave is not laid down. */
const message: fc.Arbitrary<Decision[]> = fc.oneof(
  fc
    .tuple(workflowId, childPolicy)
    .map(([name, policy]) => [child(name, { ...lasting, taskList: { name }, childPolicy: policy })]),
  workflowId.map((name) => [signalExternal(name)]),
);

const batch = (list: string): fc.Arbitrary<Decision[]> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(fc.array(local(list), { maxLength: 4 }), last(list)).map((parts) => parts.flat()),
    },
    { weight: 1, arbitrary: message },
  );

type Step = (both: Both) => Promise<void>;

/** Prints as what it does. */
function step(text: string, act: Step): Step {
  return Object.assign(act, { toString: () => text, [fc.toStringMethod]: () => text });
}

const steps: fc.Arbitrary<Step> = workflowId.chain((name) =>
  fc.oneof(
    {
      weight: 2,
      arbitrary: childPolicy.map((policy) =>
        step(`start ${name} ${policy}`, (both) => both.start(name, policy)),
      ),
    },
    { weight: 6, arbitrary: fc.constant(step(`poll ${name}`, (both) => both.poll(name))) },
    {
      weight: 6,
      arbitrary: batch(name).map((decisions) =>
        step(`respond ${name} ${JSON.stringify(decisions)}`, (both) => both.respond(name, decisions)),
      ),
    },
    { weight: 3, arbitrary: fc.constant(step(`work ${name}`, (both) => both.work(name))) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom('Completed' as const, 'Failed' as const, 'Canceled' as const, 'Heartbeat' as const)
        .map((how) => step(`${how} ${name}`, (both) => both.finish(name, how))),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('Signal' as const, 'Signal' as const, 'RequestCancel' as const, 'Terminate' as const)
        .map((what) => step(`${what} ${name}`, (both) => both.fromOutside(name, what))),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(999, 2_998, 6_500, 30_000, 101_000)
        .map((time) => step(`advance ${time}`, (both) => both.advance(time))),
    },
  ),
);

const play = fc.array(steps, { minLength: 30, maxLength: 70 });

test('whatever deciders and workers do, the server does what the reference does', async (context) => {
  const clock = createFixedClock();
  const server = await startServer({ clock, limits: { 'swf.domains': 0 } });
  const caller = new RawCaller(server);
  context.after(async () => {
    await server.stop();
    caller.close();
  });
  let domains = 0;
  await fc.assert(
    fc.asyncProperty(play, async (all) => {
      const both = new Both(caller, clock, `domain${domains++}`);
      await both.register();
      await both.start('A', 'TERMINATE');
      for (const act of all) {
        // No two things begin at the same time, so none fall due together that are not of one batch.
        await both.advance(1);
        await act(both);
      }
      await both.compare();
    }),
    { numRuns: PLAYS, ...(process.env.ORRERY_MODEL_PLAYS === undefined && { seed: 20_120_125 }) },
  );
});
