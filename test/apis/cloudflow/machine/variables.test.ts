import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlowWorld } from './flow-world.ts';

const pass = (Name: string, variables: object, Next?: string): object => ({
  Type: 'Pass',
  Name,
  GlobalConstructor: variables,
  ...(Next === undefined ? { End: true } : { Next }),
});

function machine(...States: readonly object[]): string {
  return JSON.stringify({ Type: 'StateMachine', Name: 'f', SpecVersion: 'v1', StartAt: 's1', States });
}

const LIMITS = { variableBytes: 12, allVariablesBytes: 30 };

const CASES: readonly [what: string, states: readonly object[], cause: string | undefined][] = [
  ['as large as it may be', [pass('s1', { a: '0123456789' })], undefined],
  ['too large', [pass('s1', { a: '01234567890' })], "The variable 'a' exceeds 12 bytes."],
  ['too large in bytes', [pass('s1', { a: 'ééééééé' })], "The variable 'a' exceeds 12 bytes."],
  [
    'with too long a name',
    [pass('s1', { ['n'.repeat(129)]: 1 })],
    'The name of a variable exceeds 128 bytes.',
  ],
  [
    'too large beside the others',
    [pass('s1', { a: '0123456789' }, 's2'), pass('s2', { b: '0123456789' })],
    'The whole of all variables exceeds 30 bytes.',
  ],
  [
    'in place of a large one',
    [pass('s1', { a: '0123456789' }, 's2'), pass('s2', { a: '9876543210' })],
    undefined,
  ],
];

for (const [what, states, cause] of CASES) {
  test(`a variable ${what} ${cause === undefined ? 'is kept' : 'fails its state'}`, () => {
    const run = new FlowWorld().start(machine(...states), {}, { limits: LIMITS });
    const expected = { ok: false, error: 'FnF.DataLimitExceeded', cause };
    if (cause === undefined) assert.equal(run.state.status, 'Succeeded');
    else assert.deepEqual(run.state.outcome, expected);
  });
}

test('0 is no limit', () => {
  const world = new FlowWorld();
  const states = [pass('s1', { a: 'x'.repeat(2_000_000) })];
  const run = world.start(machine(...states), {}, { limits: { variableBytes: 0, allVariablesBytes: 0 } });
  assert.equal(run.state.status, 'Succeeded');
});
