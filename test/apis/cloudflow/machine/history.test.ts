import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASES } from '../cases/cases.ts';
import { call, details, invoke, mark, put, states, steps, story } from './definitions.ts';
import { FlowWorld } from './flow-world.ts';

test('two pass steps make ten events', () => {
  const definition = CASES.find(({ id }) => id === 'L1')?.definition ?? '';
  const run = new FlowWorld().start(definition, { name: 'ada' });
  const shown = run.events.map(({ type, step, cause, detail }) => [type, step, cause, detail]);
  const first = { x: 1, list: ['A', 'B'], greeting: 'ada' };
  const second = { y: 1, pair: { k: true } };
  assert.deepEqual(shown, [
    ['ExecutionStarted', '', 0, { input: { name: 'ada' } }],
    ['StepEntered', 'first', 1, { input: { name: 'ada' }, local: {} }],
    ['StepStarted', 'first', 2, { input: { name: 'ada' } }],
    ['StepSucceeded', 'first', 3, { output: first }],
    ['StepExited', 'first', 4, { local: first }],
    ['StepEntered', 'second', 5, { input: { name: 'ada' }, local: first }],
    ['StepStarted', 'second', 6, { input: { v: 1, pair: { k: true } } }],
    ['StepSucceeded', 'second', 7, { output: second }],
    ['StepExited', 'second', 8, { local: { ...first, ...second } }],
    ['ExecutionSucceeded', '', 9, { output: { ...first, ...second } }],
  ]);
});

const wait = { type: 'wait', name: 'w', duration: 1 };

const histories = [
  [
    'a retried task',
    steps([call('flaky', { retry: [{ errors: ['FnF.ALL'], intervalSeconds: 1, maxAttempts: 2 }] })]),
    [
      '4<3 TaskScheduled flaky',
      '5<4 TaskStarted flaky',
      '6<5 TaskFailed flaky',
      '7<6 TaskScheduled flaky',
      '8<7 TaskStarted flaky',
      '9<8 TaskFailed flaky',
      '10<9 TaskScheduled flaky',
      '11<10 TaskStarted flaky',
      '12<11 TaskSucceeded flaky',
      '13<12 StepSucceeded flaky',
      '14<13 StepExited flaky',
      '15<14 ExecutionSucceeded',
    ],
  ],
  [
    'branches, one after another as far as they go',
    steps([{ type: 'parallel', name: 'p', branches: [{ steps: [wait] }, { steps: [mark('m')] }] }]),
    [
      '4<3 BranchEntered p',
      '5<4 StepEntered w',
      '6<5 StepStarted w',
      '7<3 BranchEntered p',
      '8<7 StepEntered m',
      '9<8 StepStarted m',
      '10<9 StepSucceeded m',
      '11<10 StepExited m',
      '12<11 BranchExited p',
      '13<6 StepSucceeded w',
      '14<13 StepExited w',
      '15<14 BranchExited p',
      '16<15 StepSucceeded p',
      '17<16 StepExited p',
      '18<17 ExecutionSucceeded',
    ],
  ],
  [
    'a failure, level by level',
    steps([{ type: 'parallel', name: 'p', branches: [{ steps: [call('boom')] }] }]),
    [
      '4<3 BranchEntered p',
      '5<4 StepEntered boom',
      '6<5 StepStarted boom',
      '7<6 TaskScheduled boom',
      '8<7 TaskStarted boom',
      '9<8 TaskFailed boom',
      '10<9 StepFailed boom',
      '11<10 StepFailed p',
      '12<11 ExecutionFailed',
    ],
  ],
  [
    'an option, whose steps are inside the choice',
    steps([
      {
        type: 'choice',
        name: 'c',
        choices: [{ condition: '1 == 1', steps: [mark('m')], goto: 'end' }],
      },
      mark('skipped'),
      mark('end'),
    ]),
    [
      '4<3 StepEntered m',
      '5<4 StepStarted m',
      '6<5 StepSucceeded m',
      '7<6 StepExited m',
      '8<7 StepSucceeded c',
      '9<8 StepExited c',
      '10<9 StepEntered end',
      '11<10 StepStarted end',
      '12<11 StepSucceeded end',
      '13<12 StepExited end',
      '14<13 ExecutionSucceeded',
    ],
  ],
  [
    'iterations of a map',
    states([
      {
        Type: 'Map',
        Name: 'm',
        ItemsPath: '$Input.items',
        MaxConcurrency: 1,
        Processor: { StartAt: 'echo', States: [invoke('echo')] },
        End: true,
      },
    ]),
    [
      '4<3 IterationEntered m',
      '5<4 StepEntered echo',
      '6<5 StepStarted echo',
      '7<6 TaskScheduled echo',
      '8<7 TaskStarted echo',
      '9<8 TaskSucceeded echo',
      '10<9 StepSucceeded echo',
      '11<10 StepExited echo',
      '12<11 IterationExited m',
      '13<12 IterationEntered m',
      '14<13 StepEntered echo',
      '15<14 StepStarted echo',
      '16<15 TaskScheduled echo',
      '17<16 TaskStarted echo',
      '18<17 TaskSucceeded echo',
      '19<18 StepSucceeded echo',
      '20<19 StepExited echo',
      '21<20 IterationExited m',
      '22<21 StepSucceeded m',
      '23<22 StepExited m',
      '24<23 ExecutionSucceeded',
    ],
  ],
] as const;

for (const [name, definition, expected] of histories) {
  test(`history: ${name}`, () => {
    const world = new FlowWorld();
    const run = world.start(definition, { items: [1, 2] });
    world.finish();
    assert.deepEqual(story(run).slice(3), [...expected]);
  });
}

test('a task shows what it calls and with what', () => {
  const params = { serviceParams: { a: '$.n', b: 'text', whole: '$' } };
  const run = new FlowWorld().start(steps([call('echo', params)]), { n: 1 });
  const input = { a: 1, b: 'text', whole: { n: 1 } };
  assert.deepEqual(details(run, 'TaskScheduled'), [
    { resourceArn: 'acs:fc:::services/t/functions/echo', input },
  ]);
  assert.deepEqual(details(run, 'TaskSucceeded'), [{ output: input }]);
});

test('a task state shows its action and parameters', () => {
  const run = new FlowWorld().start(states([invoke('echo')]), { n: 1 });
  const input = { resourceArn: 'acs:fc:::functions/echo/LATEST', body: { n: 1 } };
  assert.deepEqual(details(run, 'TaskScheduled'), [{ action: 'FC:InvokeFunction', input }]);
  assert.deepEqual(details(run, 'StepExited'), [{ output: { Code: 200, Header: {}, Body: { n: 1 } } }]);
});

test('mappings of the flow itself', () => {
  const definition = steps([mark('m')], {
    inputMappings: [put('only', '$input.a'), put('by', '$context.flow.name')],
    outputMappings: [put('got', '$input'), put('local', '$local'), put('who', '$context.execution.name')],
  });
  const run = new FlowWorld().start(definition, { a: 1, b: 2 });
  assert.deepEqual(run.events[0]?.detail, { input: { a: 1, b: 2 } });
  const output = { got: { only: 1, by: 'f' }, local: { m: true }, who: 'e1' };
  assert.deepEqual(run.state.outcome, { ok: true, output });
});
