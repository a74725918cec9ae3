import { type Case, definitions } from './case.ts';

export const LEGACY_CASES: readonly Case[] = [
  {
    id: 'L1',
    title: 'pass, mappings, constants and the flow default output',
    ...definitions('l1'),
    runs: [
      {
        input: { name: 'ada' },
        expected: {
          status: 'Succeeded',
          output: { x: 1, list: ['A', 'B'], greeting: 'ada', y: 1, pair: { k: true } },
        },
      },
    ],
  },
  {
    id: 'L2',
    title: 'default input merge - parent local wins over parent input; flow outputMappings',
    ...definitions('l2'),
    runs: [
      {
        input: { k: 'from-input', z: 9 },
        expected: {
          status: 'Succeeded',
          output: { seen: { k: 'from-local', z: 9 }, original: 'from-input' },
        },
        calls: { echo: 1 },
      },
    ],
  },
  {
    id: 'L3',
    title: 'choice with steps, goto and default; missing key falls to default',
    ...definitions('l3'),
    runs: [
      {
        input: { status: 'ready', count: 2 },
        expected: { status: 'Succeeded', output: { path: 'ready', third: true, done: true } },
      },
      {
        input: { status: 'ready', count: 1 },
        expected: { status: 'Succeeded', output: { path: 'default', done: true } },
      },
      { input: { status: 'failed' }, expected: { status: 'Succeeded', output: { done: true } } },
      { input: { force: true }, expected: { status: 'Succeeded', output: { done: true } } },
      { input: {}, expected: { status: 'Succeeded', output: { path: 'default', done: true } } },
    ],
  },
  {
    id: 'L4',
    title: 'parallel - $local is the ordered array of branch locals; default output is empty',
    ...definitions('l4'),
    runs: [
      {
        input: { n: 3 },
        expected: { status: 'Succeeded', output: { all: [{ a: 1 }, { n: 9, b: 'x' }], second: 9 } },
        calls: { square: 1 },
      },
    ],
  },
  {
    id: 'L5',
    title: 'nested foreach with item and index; flattening with [*]',
    ...definitions('l5'),
    runs: [
      {
        input: { groups: [{ members: ['a', 'b'] }, { members: ['c'] }] },
        expected: {
          status: 'Succeeded',
          output: { flat: ['A', 'B', 'C'], perGroup: [['A', 'B'], ['C']], positions: [0, 1] },
        },
        calls: { upper: 3 },
      },
      {
        input: { groups: [] },
        expected: { status: 'Succeeded', output: { flat: [], perGroup: [], positions: [] } },
      },
    ],
  },
  {
    id: 'L6',
    title: 'retry until success, exponential interval',
    ...definitions('l6'),
    runs: [
      {
        input: {},
        expected: { status: 'Succeeded', output: { ok: true, attempts: 3 } },
        calls: { flaky: 3 },
        waits: [1, 2],
      },
    ],
  },
  {
    id: 'L7',
    title: 'retry exhausted, then catch with errorMappings and a forward goto',
    ...definitions('l7'),
    runs: [
      {
        input: { a: 1 },
        expected: { status: 'Succeeded', output: { err: 'BoomError', handled: true } },
        calls: { boom: 2 },
        waits: [1],
      },
    ],
  },
  {
    id: 'L8',
    title: 'an uncaught error inside a branch fails the execution (control steps have no catch)',
    ...definitions('l8'),
    runs: [{ input: {}, expected: { status: 'Failed', error: 'BoomError' }, calls: { boom: 1 } }],
  },
  {
    id: 'L9',
    title: 'fail step reached through goto; error and cause',
    ...definitions('l9'),
    runs: [
      { input: { amount: 99.5 }, expected: { status: 'Succeeded', output: { verdict: 'accepted' } } },
      {
        input: { amount: 100 },
        expected: { status: 'Failed', error: 'AmountTooLarge', cause: 'limit is 100' },
      },
    ],
  },
  {
    id: 'L10',
    title: 'wait with a duration taken from the input, then end true',
    ...definitions('l10'),
    runs: [{ input: { sleep: 2 }, expected: { status: 'Succeeded', output: { awake: true } }, waits: [2] }],
  },
  {
    id: 'L11',
    title: 'waitForCallback - success and failure reports',
    ...definitions('l11'),
    runs: [
      {
        input: { doc: 'd1' },
        expected: { status: 'Succeeded', output: { approved: true } },
        report: { ok: true, output: { approved: true } },
        calls: { echo: 1 },
      },
      {
        input: { doc: 'd1' },
        expected: { status: 'Succeeded', output: { why: 'missing page', approved: false } },
        report: { ok: false, error: 'Rejected', cause: 'missing page' },
        calls: { echo: 1 },
      },
      {
        input: { doc: 'd1' },
        expected: { status: 'Failed', error: 'Other' },
        report: { ok: false, error: 'Other', cause: 'x' },
        calls: { echo: 1 },
      },
    ],
  },
  {
    id: 'L12',
    title: 'child flow, pattern sync, inside foreach',
    ...definitions('l12', { child: 'l12-child' }),
    runs: [
      {
        input: { numbers: [2, 3, 4] },
        expected: { status: 'Succeeded', output: { squares: [4, 9, 16] } },
        calls: { square: 3 },
        children: { child: 3 },
      },
    ],
  },
  {
    id: 'L13',
    title: 'backward goto as a loop',
    ...definitions('l13'),
    runs: [{ input: { limit: 4 }, expected: { status: 'Succeeded', output: { i: 4 } }, calls: { inc: 4 } }],
  },
];
