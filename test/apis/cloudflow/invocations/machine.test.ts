import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type InvocationCommand,
  invocationMachine,
} from '../../../../src/apis/cloudflow/invocations/machine.ts';
import { World } from '../../../support/turn.ts';

const call = { resource: 'acs:fc:::functions/f', event: '{}', idempotency: 'f/x1/2/1' };
const failure = (error: string, details = '{}') => ({ ok: false, error, details }) as const;

/** A call that has just been accepted. */
function accepted(limits = { retries: 3, seconds: 86_400 }) {
  const world = new World(invocationMachine, ({ state }) => state.closed !== null);
  const accept: InvocationCommand = { kind: 'accept', call, limits };
  const run = world.begin('f/i', accept);
  const effects = () => [...invocationMachine.effects(run.state)];
  const status = () => invocationMachine.summary(run.state).status;
  /** Ends the attempt that is made; gives the seconds until the next. */
  const finish = (outcome: ReturnType<typeof failure> | { ok: true; value: unknown }): number | undefined => {
    world.finish(run, effects()[0]?.key ?? '', outcome);
    const wake = invocationMachine.wake(run.state);
    return wake === undefined ? undefined : (wake - world.now) / 1000;
  };
  return { world, run, effects, status, finish };
}

/** Fails so until it is given up, or so often. */
function pausesAfter(
  error: string,
  details?: string,
  most = 12,
  limits?: { retries: number; seconds: number },
) {
  const { world, finish } = accepted(limits);
  const pauses: number[] = [];
  while (pauses.length < most) {
    const pause = finish(failure(error, details));
    if (pause === undefined) break;
    pauses.push(pause);
    world.advance(pause * 1000);
  }
  return pauses;
}

test('it is called at once, with a key of its own', () => {
  const [effect] = accepted().effects();
  assert.deepEqual(effect, {
    key: 'call-1',
    kind: 'function',
    input: { ...call, idempotency: 'f/x1/2/1/async-1' },
  });
});

test('what the function returns ends it', () => {
  const { finish, status, effects, run } = accepted();
  finish({ ok: true, value: { a: 1 } });
  assert.equal(status(), 'succeeded');
  assert.deepEqual(effects(), []);
  const { endedAt = 0, expiresAt } = invocationMachine.summary(run.state);
  assert.equal(expiresAt, endedAt + 7 * 86_400_000);
});

test('a function that fails is called again three times, each with another key', () => {
  const { world, finish, status, effects } = accepted();
  const keys: unknown[] = [];
  for (const pause of [1, 2, 4]) {
    keys.push(...effects().map(({ input }) => (input as typeof call).idempotency));
    assert.equal(finish(failure('BoomError')), pause);
    assert.deepEqual(effects(), []);
    world.advance(pause * 1000);
  }
  assert.equal(new Set(keys).size, 3);
  assert.equal(finish(failure('BoomError')), undefined);
  assert.equal(status(), 'failed');
});

test('one that succeeds at last has succeeded', () => {
  const { world, finish, status } = accepted();
  finish(failure('BoomError'));
  world.advance(1000);
  finish({ ok: true, value: null });
  assert.equal(status(), 'succeeded');
});

const unreachable = '{"errorType":"ECONNREFUSED","errorMessage":"connect ECONNREFUSED"}';
const crashed = '{"errorType":"ExitCode","errorMessage":"connect ECONNREFUSED"}';

test('what could not be run is tried for a day, with pauses of five minutes at most', () => {
  for (const [error, details] of [
    ['FC.ResourceThrottled', '{}'],
    ['FC.ResourceExhausted', '{}'],
    ['FC.InternalServerError', '{}'],
    ['FC.Unknown', unreachable],
  ] as const)
    assert.deepEqual(pausesAfter(error, details), [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], error);
  const pauses = pausesAfter('FC.ResourceThrottled', '{}', 1000);
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  assert.ok(total <= 86_400 && total > 86_000, String(total));
});

test('a crash is a failure of the function', () =>
  assert.deepEqual(pausesAfter('FC.Unknown', crashed), [1, 2, 4]));

test('what the service refuses is not tried again', () => {
  for (const error of ['FC.FunctionNotFound', 'FC.InvalidArgument']) assert.deepEqual(pausesAfter(error), []);
});

test('settings say how often, and how long', () => {
  assert.deepEqual(pausesAfter('BoomError', '{}', 9, { retries: 0, seconds: 0 }), []);
  assert.deepEqual(pausesAfter('BoomError', '{}', 9, { retries: 9, seconds: 7 }), [1, 2, 4]);
});

test('an outcome of an attempt that is over changes nothing', () => {
  const { world, run, finish } = accepted();
  finish(failure('BoomError'));
  world.finish(run, 'call-1', { ok: true, value: null });
  assert.equal(invocationMachine.summary(run.state).status, 'running');
});
