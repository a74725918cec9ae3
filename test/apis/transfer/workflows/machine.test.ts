import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../../../src/apis/transfer/machine/commands.ts';
import type { Event, MachineEvent } from '../../../../src/apis/transfer/machine/events.ts';
import type { Facts } from '../../../../src/apis/transfer/machine/facts.ts';
import { transferMachine } from '../../../../src/apis/transfer/machine/machine.ts';
import type { State } from '../../../../src/apis/transfer/machine/state.ts';
import type { Work } from '../../../../src/apis/transfer/machine/work.ts';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import type { FileLocation } from '../../../../src/apis/transfer/upload.ts';
import type { EffectOutcome } from '../../../../src/kernel/machine.ts';
import { type Run, World } from '../../../support/turn.ts';
import { copy, custom, remove, tag } from '../../../support/workflow-steps.ts';

const uploaded: FileLocation = { kind: 'bucket', bucket: 'in', key: 'a.txt', etag: 'e1' };
const copied: FileLocation = { kind: 'bucket', bucket: 'out', key: 'done/a.txt', etag: 'e1' };
const done = (value: unknown = {}): EffectOutcome => ({ ok: true, value });
const failed = (error: string, details = 'why'): EffectOutcome => ({ ok: false, error, details });

const factsWith = (steps: readonly WorkflowStep[], handlers: readonly WorkflowStep[] = []): Facts => ({
  workflowId: 'w-0123456789abcdef0',
  steps,
  handlers,
  role: 'arn:aws:iam::000000000000:role/r',
  logGroup: '/aws/transfer/s-1',
  upload: {
    world: { account: '000000000000', region: 'us-east-1' },
    serverId: 's-1',
    userName: 'alice',
    sessionId: '0123456789abcdef',
    sourceIp: '192.0.2.1',
    file: uploaded,
    size: 5,
    startedAt: 1,
    endedAt: 2,
    isPartial: false,
  },
  keptMs: 1000,
});

class Execution {
  readonly world = new World<State, MachineEvent, Command>(
    transferMachine,
    ({ endedAt }) => endedAt !== null,
  );
  readonly run: Run<State, MachineEvent>;

  constructor(steps: readonly WorkflowStep[], handlers?: readonly WorkflowStep[], isThrottled = false) {
    this.run = this.world.begin('e', { kind: 'start', facts: factsWith(steps, handlers), isThrottled });
  }

  get state(): State {
    return this.run.state;
  }

  get wanted(): Work | undefined {
    return [...transferMachine.effects(this.state)][0]?.input as Work | undefined;
  }

  apply(command: Command): unknown {
    return this.world.apply(this.run, command);
  }

  /** Reports on the step that is at work. */
  finish(outcome: EffectOutcome, key = String(this.state.current?.number)): void {
    this.world.finish(this.run, key, outcome);
  }

  get types(): readonly string[] {
    return this.run.events.map(({ type }) => type);
  }

  get results(): readonly (readonly [string, string, string])[] {
    return this.state.ended.map(({ list, type, error }) => [list, type, error?.type ?? 'ok'] as const);
  }

  event(type: Event['type']): Event {
    return this.run.events.findLast((event) => event.type === type) as Event;
  }
}

describe('nominal steps', () => {
  test('run one after another to COMPLETED', () => {
    const execution = new Execution([copy('done/'), tag({ s: 'ok' }), remove()]);
    assert.equal(execution.wanted?.number, 1);
    execution.finish(done({ location: copied, bytes: 5 }));
    assert.deepEqual(execution.wanted?.source, copied);
    execution.finish(done());
    assert.deepEqual(execution.wanted?.source, copied, 'tagging leaves previous as it is');
    execution.finish(done());
    assert.equal(execution.state.status, 'COMPLETED');
    assert.deepEqual(execution.types, [
      'ExecutionStarted',
      ...['StepStarted', 'StepCompleted', 'StepStarted', 'StepCompleted', 'StepStarted', 'StepCompleted'],
      'ExecutionCompleted',
    ]);
    assert.deepEqual(
      execution.state.ended.map(({ outputs }) => outputs),
      ['{}', '{"Tags":[{"Key":"s","Value":"ok"}]}', '{}'],
    );
    assert.equal(execution.wanted, undefined);
  });

  test('work on the original where they say so', () => {
    const execution = new Execution([copy('done/'), remove('original'), tag({ s: 'ok' })]);
    execution.finish(done({ location: copied }));
    assert.deepEqual(execution.wanted?.source, uploaded);
    execution.finish(done());
    assert.deepEqual(execution.wanted?.source, copied, 'deleting leaves previous as it is');
  });

  test('end with the first failure when there are no handlers', () => {
    const execution = new Execution([copy('done/'), remove()]);
    execution.finish(failed('ALREADY_EXISTS'));
    assert.equal(execution.state.status, 'EXCEPTION');
    assert.deepEqual(execution.results, [['Steps', 'COPY', 'ALREADY_EXISTS']]);
    assert.deepEqual(execution.types.slice(-2), ['StepErrored', 'ExecutionErrored']);
  });

  test('an outcome that names no error of the vendor is an internal one', () => {
    const execution = new Execution([copy('done/')]);
    execution.finish(failed('failed', 'disk on fire'));
    assert.deepEqual(execution.state.ended[0]?.error, {
      type: 'INTERNAL_SERVER_ERROR',
      message: 'disk on fire',
    });
  });

  test('an outcome of a step that is over changes nothing', () => {
    const execution = new Execution([remove(), copy('done/')]);
    execution.finish(done());
    const before = execution.run.journal.length;
    execution.finish(failed('NOT_FOUND'), '1');
    assert.equal(execution.run.journal.length, before);
  });
});

describe('exception handlers', () => {
  const broken = (handlers: readonly WorkflowStep[]): Execution => {
    const execution = new Execution([copy('done/'), tag({ a: '1' }), remove()], handlers);
    execution.finish(done({ location: copied }));
    execution.finish(failed('BAD_REQUEST'));
    return execution;
  };

  test('run in order, and the end is EXCEPTION all the same', () => {
    const execution = broken([tag({ q: 'dup' }, 'original'), remove()]);
    assert.equal(execution.state.status, 'HANDLING_EXCEPTION');
    assert.deepEqual(execution.wanted?.source, uploaded);
    execution.finish(done());
    assert.deepEqual(execution.wanted?.source, copied, 'previous is the input of what failed');
    execution.finish(done());
    assert.equal(execution.state.status, 'EXCEPTION');
    assert.deepEqual(execution.results, [
      ['Steps', 'COPY', 'ok'],
      ['Steps', 'TAG', 'BAD_REQUEST'],
      ['OnExceptionSteps', 'TAG', 'ok'],
      ['OnExceptionSteps', 'DELETE', 'ok'],
    ]);
  });

  test('one that fails ends them', () => {
    const execution = broken([tag({ q: 'dup' }), remove()]);
    execution.finish(failed('NOT_FOUND'));
    assert.equal(execution.state.status, 'EXCEPTION');
    assert.deepEqual(execution.results.at(-1), ['OnExceptionSteps', 'TAG', 'NOT_FOUND']);
    assert.deepEqual(execution.types.slice(-2), ['StepErrored', 'ExecutionErrored']);
  });

  test('may be custom steps, which time out like any other', () => {
    const execution = broken([custom(2)]);
    execution.apply({ kind: 'begun', step: 3 });
    execution.world.advance(2000);
    assert.deepEqual(execution.results.at(-1), ['OnExceptionSteps', 'CUSTOM', 'TIMEOUT']);
  });
});

describe('a custom step', () => {
  const waiting = (seconds?: number, more: readonly WorkflowStep[] = []): Execution => {
    const execution = new Execution([custom(seconds), ...more]);
    execution.apply({ kind: 'begun', step: 1 });
    return execution;
  };

  test('completes with SUCCESS', () => {
    const execution = waiting();
    execution.finish(done());
    assert.equal(execution.state.status, 'IN_PROGRESS');
    assert.equal(execution.wanted, undefined, 'its function is not called again');
    execution.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    assert.equal(execution.state.status, 'COMPLETED');
    assert.equal(execution.state.ended[0]?.outputs, '{}');
  });

  test('fails with FAILURE', () => {
    const execution = waiting();
    execution.apply({ kind: 'answer', step: 1, status: 'FAILURE' });
    assert.deepEqual(execution.results, [['Steps', 'CUSTOM', 'CUSTOM_STEP_FAILED']]);
  });

  test('takes an answer before its function has returned, or was even called', () => {
    const early = waiting(2, [remove()]);
    early.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    assert.equal(early.wanted?.number, 2);
    early.finish(failed('CUSTOM_STEP_FAILED'), '1');
    assert.equal(early.wanted?.number, 2, 'what comes of the call does not matter any more');
    const earliest = new Execution([custom(2), remove()]);
    earliest.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    assert.throws(() => earliest.apply({ kind: 'begun', step: 1 }), { reason: 'step-over' });
  });

  test('fails at once with its function', () => {
    const execution = waiting();
    execution.finish(failed('CUSTOM_STEP_FAILED', 'it crashed'));
    assert.equal(execution.state.status, 'EXCEPTION');
    assert.equal(execution.world.tickDue(), 0);
  });

  test('times out when it is due, not before, and not counting the time before its call', () => {
    const execution = new Execution([custom(2)]);
    execution.world.advance(60_000);
    assert.equal(execution.state.status, 'IN_PROGRESS');
    execution.apply({ kind: 'begun', step: 1 });
    execution.world.advance(1999);
    assert.equal(execution.state.status, 'IN_PROGRESS');
    execution.apply({ kind: 'tick' });
    assert.equal(execution.state.status, 'IN_PROGRESS', 'a tick of its own changes nothing');
    execution.world.advance(1);
    assert.deepEqual(execution.results, [['Steps', 'CUSTOM', 'TIMEOUT']]);
  });

  test('is due from its first call, also when it is called again', () => {
    const execution = waiting(2);
    const due = transferMachine.wake(execution.state);
    execution.world.now += 1500;
    execution.apply({ kind: 'begun', step: 1 });
    assert.equal(transferMachine.wake(execution.state), due);
  });

  test('waits half an hour unless it says otherwise', () => {
    const execution = waiting();
    assert.equal(transferMachine.wake(execution.state), execution.world.now + 1_800_000);
  });

  test('the same answer again is taken, another is refused, and nothing changes', () => {
    const execution = waiting(2, [custom(2)]);
    execution.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    const before = structuredClone(execution.state);
    execution.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    assert.throws(() => execution.apply({ kind: 'answer', step: 1, status: 'FAILURE' }), {
      reason: 'InvalidRequestException',
    });
    assert.deepEqual(execution.state, before);
  });

  test('an answer after the time is up is refused', () => {
    const execution = new Execution([custom(2)], [custom(2)]);
    execution.apply({ kind: 'begun', step: 1 });
    execution.world.advance(2000);
    assert.equal(execution.state.status, 'HANDLING_EXCEPTION');
    for (const status of ['SUCCESS', 'FAILURE'] as const) {
      assert.throws(() => execution.apply({ kind: 'answer', step: 1, status }), {
        reason: 'InvalidRequestException',
      });
    }
  });

  test('an answer that comes with the last moment wins over a tick that comes later', () => {
    const execution = waiting(2);
    execution.world.now += 2000;
    execution.apply({ kind: 'answer', step: 1, status: 'SUCCESS' });
    execution.world.settle();
    assert.equal(execution.state.status, 'COMPLETED');
  });
});

test('the history is the log of the vendor', () => {
  const execution = new Execution([copy('done/', 'shared')]);
  execution.finish(done({ location: copied, bytes: 5 }));
  const origin = {
    workflowId: 'w-0123456789abcdef0',
    executionId: 'e',
    transferDetails: { serverId: 's-1', username: 'alice', sessionId: '0123456789abcdef' },
  };
  const file = { backingStore: 'S3', bucket: 'in', key: 'a.txt', etag: 'e1' };
  const at = execution.world.now;
  assert.deepEqual(
    execution.run.events.map(({ own: _, ...event }: MachineEvent & { own?: unknown }) => event),
    [
      { type: 'ExecutionStarted', details: { input: { initialFileLocation: file } }, at, ...origin },
      {
        type: 'StepStarted',
        details: { input: { fileLocation: file }, stepType: 'COPY', stepName: 'shared' },
        at,
        ...origin,
      },
      { type: 'StepCompleted', details: { output: {}, stepType: 'COPY', stepName: 'shared' }, at, ...origin },
      { type: 'ExecutionCompleted', details: {}, at, ...origin },
    ],
  );
  execution.world.checkFold(execution.run);
});

test('a failed step is logged with its error', () => {
  const execution = new Execution([copy('done/')]);
  execution.finish(failed('PERMISSION_DENIED', 'no'));
  assert.deepEqual(execution.event('StepErrored').details, {
    errorType: 'PERMISSION_DENIED',
    errorMessage: 'no',
    stepType: 'COPY',
  });
});

test('one too many is over at once, with the error at its first step and no handler', () => {
  const execution = new Execution([copy('done/'), remove()], [remove()], true);
  assert.deepEqual(execution.types, ['ExecutionThrottled']);
  assert.equal(execution.state.status, 'EXCEPTION');
  assert.deepEqual(execution.results, [['Steps', 'COPY', 'THROTTLED']]);
  assert.equal(execution.wanted, undefined);
});

test('progress is shown until the step ends, and not for one that has', () => {
  const execution = new Execution([copy('done/'), remove()]);
  execution.apply({ kind: 'progressed', step: 1, done: 1, total: 5 });
  assert.deepEqual(execution.state.current?.progress, { done: 1, total: 5 });
  execution.finish(done({ location: copied }));
  execution.apply({ kind: 'progressed', step: 1, done: 5, total: 5 });
  assert.equal(execution.state.current?.progress, null);
  assert.equal(execution.types.includes('progressed'), false);
});

test('lists show how it stands, whom it belongs to, and until when', () => {
  const execution = new Execution([remove()]);
  assert.deepEqual(transferMachine.summary(execution.state), {
    status: 'running',
    vendorStatus: 'IN_PROGRESS',
    type: 'w-0123456789abcdef0',
    tags: ['s-1', 'alice', 'w-0123456789abcdef0'],
  });
  execution.finish(done());
  const { status, vendorStatus, endedAt, expiresAt } = transferMachine.summary(execution.state);
  const { now } = execution.world;
  assert.deepEqual([status, vendorStatus, endedAt, expiresAt], ['succeeded', 'COMPLETED', now, now + 1000]);
});
