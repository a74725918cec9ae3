import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowState, LegacyStep } from '../../../../src/apis/cloudflow/language/plan.ts';
import { CASES } from '../cases/cases.ts';
import { readDefinition } from './usual-limits.ts';

for (const { id, title, definition, others } of CASES) {
  test(`${id} is read: ${title}`, () => {
    for (const text of [definition, ...Object.values(others)]) {
      const { language, lists } = readDefinition(text);
      assert.equal(language, text.includes('StateMachine') ? 'state-machine' : 'legacy');
      assert.ok(lists.length > 0);
    }
  });
}

/** The first list of a flow whose steps are given as YAML. */
function steps(text: string): readonly LegacyStep[] {
  const plan = readDefinition(`{type: flow, version: v1, steps: [${text}]}`);
  assert.equal(plan.language, 'legacy');
  return plan.lists[0] ?? [];
}

function states(text: string): readonly FlowState[] {
  const plan = readDefinition(`{Type: StateMachine, SpecVersion: v1, StartAt: A, States: [${text}]}`);
  assert.equal(plan.language, 'state-machine');
  return plan.lists[0]?.states ?? [];
}

test('what a flow says of itself is kept', () => {
  const legacy = readDefinition(`
type: flow
version: v1.0
name: ignored
timeoutSeconds: 60
inputMappings: [{target: a, source: $input.a}]
outputMappings: []
steps: [{type: pass, name: p}]
`);
  assert.deepEqual(legacy, {
    language: 'legacy',
    timeoutSeconds: 60,
    inputMappings: [{ target: 'a', source: { kind: 'path', root: 'input', steps: [{ key: 'a' }] } }],
    outputMappings: [],
    lists: [[{ name: 'p', type: 'pass', end: false }]],
  });
  const machine = readDefinition(`
Type: StateMachine
SpecVersion: v1
Name: 订单
Description: what it is for
Timeout: 600
StartAt: Second
States:
  - {Type: Pass, Name: First, End: true}
  - {Type: Pass, Name: Second, Next: First}
`);
  assert.deepEqual(machine, {
    language: 'state-machine',
    name: '订单',
    timeoutSeconds: 600,
    lists: [
      {
        startAt: 1,
        states: [
          { name: 'First', type: 'Pass' },
          { name: 'Second', type: 'Pass', next: 0 },
        ],
      },
    ],
  });
});

test('JSON is read as YAML is', () => {
  const text =
    '{\n\t"type": "flow",\r\n\t"version": "v1",\n\t"steps": [{"type": "pass", "name": "\\ud83d\\ude00\\/"}]\n}';
  assert.deepEqual(readDefinition(text), {
    language: 'legacy',
    lists: [[{ name: '😀/', type: 'pass', end: false }]],
  });
});

test('lists inside come after the one they are in, and goto stays in its list', () => {
  const plan = readDefinition(`
type: flow
version: v1beta1
steps:
  - type: choice
    name: c
    choices:
      - condition: $.go
        steps:
          - {type: pass, name: p, end: true}
        goto: f
    default:
      goto: c
  - type: foreach
    name: f
    iterationMapping: {collection: '$.items[0].list', item: i, index: n}
    steps:
      - type: parallel
        name: p
        branches: [{steps: [{type: fail, name: x, error: E, cause: why}]}]
`);
  assert.deepEqual(plan.lists, [
    [
      {
        name: 'c',
        end: false,
        type: 'choice',
        options: [{ condition: { kind: 'path', root: '', steps: [{ key: 'go' }] }, steps: 1, goto: 1 }],
        default: { goto: 0 },
      },
      {
        name: 'f',
        end: false,
        type: 'foreach',
        collection: { kind: 'path', root: '', steps: [{ key: 'items' }, { index: 0 }, { key: 'list' }] },
        item: 'i',
        index: 'n',
        steps: 2,
      },
    ],
    [{ name: 'p', end: true, type: 'pass' }],
    [{ name: 'p', end: false, type: 'parallel', branches: [3] }],
    [{ name: 'x', end: false, type: 'fail', error: 'E', cause: 'why' }],
  ]);
});

test('a task has everything it may have', () => {
  const [task] = steps(`{
    type: task, name: t, action: 'ocr:Recognize', pattern: sync, timeoutSeconds: 5,
    serviceParams: {Input: $, Key: $.a.b, Text: $text, List: [1]},
    retry: [{errors: [A]}, {errors: [FnF.ALL], intervalSeconds: 0.5, maxAttempts: 0, multiplier: 1.5, maxIntervalSeconds: 9}],
    catch: [{errors: [B, C], goto: t}], errorMappings: [{target: e, source: $local.error}]}`);
  assert.deepEqual(task, {
    name: 't',
    end: false,
    type: 'task',
    resource: { action: 'ocr:Recognize' },
    pattern: 'sync',
    timeoutSeconds: 5,
    serviceParams: [
      ['Input', { kind: 'path', root: '', steps: [] }],
      ['Key', { kind: 'path', root: '', steps: [{ key: 'a' }, { key: 'b' }] }],
      ['Text', { kind: 'literal', value: '$text' }],
      ['List', { kind: 'literal', value: [1] }],
    ],
    retry: [
      { errors: ['A'], intervalSeconds: 1, maxAttempts: 3, multiplier: 2, maxIntervalSeconds: 86_400 },
      { errors: ['FnF.ALL'], intervalSeconds: 0.5, maxAttempts: 0, multiplier: 1.5, maxIntervalSeconds: 9 },
    ],
    catch: [{ errors: ['B', 'C'], goto: 0 }],
    errorMappings: [{ target: 'e', source: { kind: 'path', root: 'local', steps: [{ key: 'error' }] } }],
  });
});

const WAITS: readonly [wait: string, until: unknown][] = [
  ['duration: 0', { duration: 0 }],
  ['duration: 172800', { duration: 172_800 }],
  ['duration: $.s', { duration: { kind: 'path', root: '', steps: [{ key: 's' }] } }],
  ['timestamp: 2026-01-31T09:00:00+08:00', { timestamp: '2026-01-31T09:00:00+08:00' }],
  ['timestamp: $.t', { timestamp: { kind: 'path', root: '', steps: [{ key: 't' }] } }],
];
for (const [wait, until] of WAITS) {
  test(`a step may wait by ${wait}`, () => {
    assert.deepEqual(steps(`{type: wait, name: w, ${wait}}`), [
      { name: 'w', end: false, type: 'wait', until },
    ]);
  });
}

test('retry and catch of states', () => {
  const [state] = states(`{Type: Task, Name: A, Action: HTTP:Request, End: true, Timeout: 0,
    Retry: [{Errors: [E], Description: d, MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1.5, MaxBackoffSeconds: 9},
            {Errors: [F], MaxAttempts: 1, IntervalSeconds: 0}],
    Catch: [{Errors: [FnF.ALL], Next: A, OutputConstructor: {x: 1}}]}`);
  assert.deepEqual(state, {
    name: 'A',
    type: 'Task',
    product: 'HTTP',
    api: 'Request',
    mode: 'RequestComplete',
    parameters: { kind: 'literal', value: {} },
    timeoutSeconds: 0,
    retry: [
      { errors: ['E'], maxAttempts: 2, intervalSeconds: 1, multiplier: 1.5, maxIntervalSeconds: 9 },
      { errors: ['F'], maxAttempts: 1, intervalSeconds: 0, multiplier: 1, maxIntervalSeconds: 86_400 },
    ],
    catch: [{ errors: ['FnF.ALL'], outputConstructor: { kind: 'literal', value: { x: 1 } }, next: 0 }],
  });
});

test('the older OnErrors: Next catches at once, also where a later rule would retry', () => {
  const [state] = states(`{Type: Task, Name: A, Action: HTTP:Request, End: true,
    OnErrors: [{Errors: [E], Retry: {MaxAttempts: 2, FixedBackoff: 3, Multiplier: 2}},
               {Errors: [F], Retry: {MaxAttempts: 2}, Next: A},
               {Errors: [FnF.ALL], Retry: {MaxAttempts: 1}}]}`);
  assert.ok(state?.type === 'Task');
  const rule = { maxIntervalSeconds: 86_400 };
  assert.deepEqual(state.retry, [
    { ...rule, errors: ['E'], maxAttempts: 2, intervalSeconds: 3, multiplier: 2 },
    { ...rule, errors: ['F'], maxAttempts: 0, intervalSeconds: 1, multiplier: 1 },
    { ...rule, errors: ['FnF.ALL'], maxAttempts: 1, intervalSeconds: 1, multiplier: 1 },
  ]);
  assert.deepEqual(state.catch, [{ errors: ['F'], next: 0 }]);
});

const processor = '{StartAt: B, States: [{Type: Pass, Name: B, End: true}]}';

for (const spelling of ['MaxConcurrency', 'MaxConcuccency']) {
  test(`a map may say ${spelling}`, () => {
    const map = `{Type: Map, Name: A, End: true, ItemsPath: $Input.x, ${spelling}: 7, Processor: ${processor}}`;
    const [state] = states(map);
    assert.ok(state?.type === 'Map');
    assert.equal(state.maxConcurrency, 7);
    assert.equal(state.processor, 1);
    assert.equal(state.distributed, undefined);
  });
}

const PLACES = {
  beside: `ProcessorConfig: {ExecutionMode: Express}, Processor: ${processor}`,
  inside: `Processor: {ProcessorConfig: {ExecutionMode: Express}, ${processor.slice(1)}`,
};
for (const [place, fields] of Object.entries(PLACES)) {
  test(`a map is distributed by a ProcessorConfig ${place} its processor`, () => {
    const [state] =
      states(`{Type: Map, Name: A, End: true, ItemsPath: $Input.x, MaxConcurrency: 100, ${fields},
      ItemConstructor: {i.$: $Item.id}, ItemBatcher: {MaxItemsPerBatch: 5, BatchInput: {k: 1}}, MaxItems: 1000,
      ToleratedFailurePercentage: 2.5, ToleratedFailureCount: 3}`);
    assert.ok(state?.type === 'Map' && state.distributed !== undefined);
    const { definition, ...rest } = state.distributed;
    const id = { kind: 'path', root: 'Item', steps: [{ key: 'id' }] };
    assert.deepEqual(rest, {
      mode: 'Express',
      itemConstructor: { kind: 'object', entries: [['i', { kind: 'expression', expression: id }]] },
      itemBatcher: { maxItems: 5, input: { kind: 'literal', value: { k: 1 } } },
      maxItems: 1000,
      toleratedFailurePercentage: 2.5,
      toleratedFailureCount: 3,
    });
    assert.deepEqual(readDefinition(definition).lists, [
      { startAt: 0, states: [{ name: 'B', type: 'Pass' }] },
    ]);
  });
}

for (const both of ['', 'ItemsPath: $Input.x,']) {
  test(`items may come from a bucket, and results go to one: ${both}`, () => {
    const [state] =
      states(`{Type: Map, Name: A, End: true, ProcessorConfig: {}, Processor: ${processor}, ${both}
    ItemReader: {SourceType: OSS_CSV, SourceParameters: {Bucket: b, ObjectName.$: $Input.o}, ReaderConfig: {CSVHeaders: [x, y]}},
    ResultWriter: {Parameters: {Bucket: b, Prefix: p/}}}`);
    assert.ok(state?.type === 'Map' && state.distributed !== undefined);
    assert.equal(state.items, undefined);
    assert.equal(state.distributed.mode, 'Standard');
    const { source, parameters, headers } = state.distributed.itemReader ?? {};
    assert.deepEqual([source, parameters?.kind, headers], ['csv', 'object', ['x', 'y']]);
    assert.deepEqual(state.distributed.resultWriter, {
      kind: 'literal',
      value: { Bucket: 'b', Prefix: 'p/' },
    });
  });
}

test('an anchor stands for its value wherever its alias is', () => {
  const plan = readDefinition(`
type: flow
version: v1
steps:
  - {type: pass, name: a, outputMappings: &same [{target: t, source: &list [1, 2]}]}
  - {type: pass, name: b, outputMappings: *same}
  - {type: pass, name: c, outputMappings: [{target: t, source: *list}]}
`);
  assert.equal(plan.language, 'legacy');
  const mappings = [{ target: 't', source: { kind: 'literal', value: [1, 2] } }];
  for (const step of plan.lists[0] ?? []) assert.deepEqual(step.outputMappings, mappings);
});
