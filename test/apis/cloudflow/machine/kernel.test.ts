import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StartCommand } from '../../../../src/apis/cloudflow/machine/commands.ts';
import type { FunctionCall } from '../../../../src/apis/cloudflow/machine/effects.ts';
import type { State } from '../../../../src/apis/cloudflow/machine/state.ts';
import type { EffectRunner } from '../../../../src/kernel/effects.ts';
import { Rejection } from '../../../../src/kernel/errors.ts';
import { openToyKernel, settle, type ToyKernel, toy } from '../../../support/toy-kernel.ts';
import { call, mark, put, steps } from './definitions.ts';
import { machine } from './flow-run.ts';

const limits = {
  stepBytes: 65_536,
  variableNameBytes: 128,
  variableBytes: 0,
  allVariablesBytes: 0,
  seconds: 0,
  foreachConcurrency: 3,
  mapConcurrency: 0,
  distributedMapConcurrency: 100,
  mapRuns: 10,
  mapItems: 10_000,
  mapItemBytes: 1_000_000,
  waitSeconds: 0,
};

function startOf(definition: string, input: unknown, events = 5_000): StartCommand {
  return {
    kind: 'start',
    flow: { name: 'f', mode: 'Standard', roleArn: '', version: '' },
    definition,
    input: JSON.stringify(input),
    environment: [],
    limits: { ...limits, events },
  };
}

async function start(live: ToyKernel, command: StartCommand): Promise<string> {
  const { identity } = live.kernel.start(toy('e'), command);
  await live.kernel.durable();
  await settle();
  return identity.id;
}

async function stateOf({ kernel }: ToyKernel, id: string): Promise<State> {
  return (await kernel.find(id)).state as State;
}

/** Fails the first attempt of each step; keeps what it was called with. */
function failingOnce(calls: string[]): EffectRunner {
  const run: EffectRunner['run'] = async ({ input }) => {
    const { event, idempotency } = input as FunctionCall;
    calls.push(idempotency);
    if (idempotency.endsWith('/1')) throw new Rejection('BoomError', 'the first time');
    return JSON.parse(event) as unknown;
  };
  return { run, leaseMs: 60_000 };
}

const wait = { type: 'wait', name: 'w', duration: 3 };
const retry = [{ errors: ['BoomError'], intervalSeconds: 5 }];
const each = {
  type: 'foreach',
  name: 'each',
  iterationMapping: { collection: '$.list', item: 'i' },
  steps: [call('echo', { retry, inputMappings: [put('got', '$input.i')] }), wait],
  outputMappings: [put('all', '$local[*].got')],
};

test('an execution goes on after each crash where it was, with its due times, and calls nothing twice', async () => {
  const calls: string[] = [];
  const parts = { machine, effects: { function: failingOnce(calls) } };
  let live = await openToyKernel(parts);
  const begun = live.clock.now();
  const id = await start(live, startOf(steps([each]), { list: [1, 2, 3, 4, 5] }));
  while (live.kernel.isOpen(toy('e'))) {
    live = await live.crash();
    live.clock.advance(1_000);
    await settle();
  }
  const state = await stateOf(live, id);
  assert.deepEqual(state.outcome, { ok: true, output: { all: [1, 2, 3, 4, 5] } });
  assert.equal(new Set(calls).size, 10);
  assert.equal(calls.length, 10);
  assert.equal(state.stoppedAt, begun + 16_000, 'two rounds of a pause of 5 s and a wait of 3 s');
  assert.deepEqual(live.errors, []);
});

test('a long loop is done in several turns, over snapshots, and survives a crash in between', async () => {
  const loop = [
    { type: 'pass', name: 'again', outputMappings: [put('i', '$input.i')] },
    { type: 'choice', name: 'c', choices: [{ condition: '$.i == 1', goto: 'again' }] },
    mark('never'),
  ];
  let live = await openToyKernel({ machine });
  const id = await start(live, startOf(steps(loop), { i: 1 }, 10_000));
  const turns: number[] = [];
  while (live.kernel.isOpen(toy('e'))) {
    turns.push(live.kernel.findOpen(toy('e')).eventCount);
    live = await live.crash();
    live.clock.advance(1);
    await settle();
  }
  assert.ok(turns.length > 2 && (turns[0] ?? 0) < 4_000, `it does not run on without end: ${turns}`);
  const { outcome } = await stateOf(live, id);
  assert.equal(outcome?.ok === false && outcome.error, 'FnF.EventLimitExceeded');
  assert.equal((await live.kernel.history(id, 1, 10_000)).length, 10_000);
  assert.deepEqual(live.errors, []);
});
