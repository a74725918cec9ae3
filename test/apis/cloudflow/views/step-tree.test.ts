import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepRecord } from '../../../../src/apis/api.ts';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import { StepTree } from '../../../../src/apis/cloudflow/views/step-tree.ts';
import { tellWaits } from '../../../../src/apis/cloudflow/views/waits.ts';
import type { EffectOutcome } from '../../../../src/kernel/machine.ts';
import { call, invoke, last, mark, states, steps } from '../machine/definitions.ts';
import { type FlowRun, machine } from '../machine/flow-run.ts';
import { FlowWorld } from '../machine/flow-world.ts';

function treeOf({ events, journal }: FlowRun): readonly StepRecord[] {
  const tree = new StepTree();
  for (const { id, text } of journal) if (id > 0) tree.read(text, id);
  assert.ok(events.length > 0);
  return tree.stepsSince(0);
}

/** A step a line: indented name, status and attempts. */
function shape(records: readonly StepRecord[], indent = ''): string[] {
  return records.flatMap(({ name, status, attempts, steps: within }) => [
    `${indent}${name} ${status} ${attempts}`,
    ...shape(within, `${indent}  `),
  ]);
}

const wait = { type: 'wait', name: 'w', duration: 5 };
const retry = [{ errors: ['FnF.ALL'], intervalSeconds: 1, maxAttempts: 2 }];
const Retry = [{ Errors: ['FnF.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }];

const trees: readonly (readonly [
  what: string,
  definition: string,
  input: Json,
  expected: readonly string[],
])[] = [
  [
    'steps one after another, a retried task among them',
    steps([mark('a'), call('flaky', { retry })]),
    {},
    ['a succeeded 0', 'flaky succeeded 3'],
  ],
  [
    'a failure that is caught',
    steps([call('boom', { retry, catch: [{ errors: ['FnF.ALL'], goto: 'z' }] }), mark('not'), mark('z')]),
    {},
    ['boom caught 3', 'z succeeded 0'],
  ],
  [
    'a failing branch ends the others and all that they are in',
    steps([
      { type: 'parallel', name: 'p', branches: [{ steps: [wait] }, { steps: [mark('m'), call('boom')] }] },
    ]),
    {},
    [
      'p failed 1',
      '  branch 0 cancelled 0',
      '    w cancelled 0',
      '  branch 1 cancelled 0',
      '    m succeeded 0',
      '    boom failed 1',
    ],
  ],
  [
    'iterations within iterations, and an option of a choice',
    steps([
      {
        type: 'foreach',
        name: 'each',
        iterationMapping: { collection: '$.list', item: 'n' },
        steps: [{ type: 'choice', name: 'c', choices: [{ condition: '$.n > 1', steps: [mark('big')] }] }],
      },
    ]),
    { list: [1, 2] },
    [
      'each succeeded 1',
      '  iteration 0 succeeded 0',
      '    c succeeded 0',
      '  iteration 1 succeeded 0',
      '    c succeeded 0',
      '      big succeeded 0',
    ],
  ],
  [
    'a parallel that is tried again',
    states([
      {
        Type: 'Parallel',
        Name: 'p',
        Branches: [{ StartAt: 'boom', States: [invoke('boom')] }],
        Retry,
        Catch: [{ Errors: ['BoomError'], Next: 'z' }],
        Next: 'z',
      },
      last('z'),
    ]),
    {},
    [
      'p caught 2',
      '  branch 0 cancelled 0',
      '    boom failed 1',
      '  branch 0 cancelled 0',
      '    boom failed 1',
      'z succeeded 0',
    ],
  ],
];

for (const [what, definition, input, expected] of trees) {
  test(what, () => {
    const world = new FlowWorld();
    const run = world.start(definition, input);
    world.finish();
    assert.deepEqual(shape(treeOf(run)), expected);
  });
}

test('a step has its times, its input and output, and the last failure of its attempts', () => {
  const world = new FlowWorld();
  const run = world.start(
    states([invoke('flaky', { Retry, OutputConstructor: { 'ok.$': '$Output.Body.ok' } })]),
    { n: 1 },
  );
  const [pausing] = treeOf(run);
  assert.deepEqual(
    [pausing?.status, pausing?.attempts, pausing?.endedAt, pausing?.error?.type],
    ['running', 1, null, 'TransientError'],
  );
  world.finish();
  const [failed] = treeOf(run);
  assert.deepEqual(
    [failed?.status, failed?.attempts, failed?.input, failed?.output],
    ['failed', 2, '{"n":1}', null],
  );
  assert.equal(failed?.startedAt, '2026-01-01T00:00:00.000Z');
  assert.equal(failed?.endedAt, '2026-01-01T00:00:01.000Z');
});

test('the output is what the step hands on, and long values are cut', () => {
  const text = 'x'.repeat(2000);
  const run = new FlowWorld().start(
    states([{ ...last('a'), OutputConstructor: { 'all.$': '$Input.text' } }]),
    { text },
  );
  const [step] = treeOf(run);
  assert.equal(step?.output, `{"all":"${'x'.repeat(992)}…`);
});

test('reading items and writing results are parts of one attempt', () => {
  const world = new FlowWorld();
  world.held.add('read-items').add('write-results');
  const map = {
    Type: 'Map',
    Name: 'm',
    End: true,
    ProcessorConfig: {},
    ItemReader: { SourceType: 'OSS_CSV', SourceParameters: { Bucket: 'b', ObjectName: 'k' } },
    ResultWriter: { Parameters: { Bucket: 'b' } },
    Processor: { StartAt: 'last', States: [last('last')] },
    Retry,
  };
  const run = world.start(states([map]));
  const answer = (outcome: EffectOutcome): void => {
    const [{ key } = { key: '' }] = machine.effects(run.state);
    world.apply(run, { kind: 'effect-finished', key, outcome });
  };
  answer({ ok: true, value: [1] });
  assert.deepEqual(shape(treeOf(run)), ['m running 1']);
  answer({ ok: false, error: 'OSS.NoSuchBucket', details: '' });
  assert.match(tellWaits(run.state, world.now)[0]?.text ?? '', /^step m: pauses before attempt 2 until /);
  world.finish();
  answer({ ok: true, value: [1] });
  answer({ ok: true, value: {} });
  assert.deepEqual(shape(treeOf(run)), ['m succeeded 2']);
});

test('what runs when the execution is stopped is cancelled', () => {
  const world = new FlowWorld();
  const run = world.start(steps([wait]));
  assert.deepEqual(shape(treeOf(run)), ['w running 0']);
  world.apply(run, { kind: 'stop', error: 'E', cause: 'c' });
  assert.deepEqual(shape(treeOf(run)), ['w cancelled 0']);
});
