import { type Case, definitions } from './case.ts';

export const STATE_MACHINE_CASES: readonly Case[] = [
  {
    id: 'S1',
    title: 'Pass - constructors, literal versus .$ keys, nesting',
    ...definitions('s1'),
    runs: [
      {
        input: { a: 1, b: { c: 'see', list: [10, 20] } },
        expected: {
          status: 'Succeeded',
          output: { kept: 'see', literal: '$Input.a', second: 20, first: 1, whole: 1 },
        },
      },
    ],
  },
  {
    id: 'S2',
    title: 'Choice, Fail and pass-through of input',
    ...definitions('s2'),
    runs: [
      {
        input: { status: 'ready', size: 10 },
        expected: { status: 'Succeeded', output: { status: 'ready', size: 10 } },
      },
      { input: { status: 'ready', size: 9 }, expected: { status: 'Succeeded', output: { small: true } } },
      { input: { force: true }, expected: { status: 'Succeeded', output: { small: true } } },
      { input: { status: 'no' }, expected: { status: 'Failed', error: 'customBizCode', cause: 'not ready' } },
    ],
  },
  {
    id: 'S3',
    title: 'Parallel default output, Succeed ends only its own branch, nested Parallel',
    ...definitions('s3'),
    runs: [
      {
        input: { n: 7 },
        expected: {
          status: 'Succeeded',
          output: {
            all: { Branch0: { FieldA: 123 }, Branch1: { Branch0: { x: 7 }, Branch1: { y: 'fixed' } } },
            x: 7,
          },
        },
      },
    ],
  },
  {
    id: 'S4',
    title: 'Map inline - Items output, Task inside, nested Map',
    ...definitions('s4'),
    runs: [
      {
        input: {
          rows: [
            { id: 'r1', cells: [{ v: 1 }, { v: 2 }] },
            { id: 'r2', cells: [] },
          ],
        },
        expected: {
          status: 'Succeeded',
          output: {
            Items: [
              { row: 'r1', sq: [1, 4] },
              { row: 'r2', sq: [] },
            ],
          },
        },
        calls: { square: 2 },
      },
    ],
  },
  {
    id: 'S5',
    title: 'Retry with backoff, then success',
    ...definitions('s5'),
    runs: [
      {
        input: {},
        expected: { status: 'Succeeded', output: { body: { ok: true, attempts: 3 } } },
        calls: { flaky: 3 },
        waits: [1, 2],
      },
    ],
  },
  {
    id: 'S6',
    title: 'Retry exhausted, Catch on the enclosing Parallel, error in $Context',
    ...definitions('s6'),
    runs: [
      {
        input: { id: 5 },
        expected: { status: 'Succeeded', output: { repaired: true, code: 'BoomError', id: 5 } },
        calls: { boom: 2 },
        waits: [1],
      },
    ],
  },
  {
    id: 'S7',
    title: 'Wait with a constructed duration keeps the input',
    ...definitions('s7'),
    runs: [
      {
        input: { timeout: 2, keep: 'me' },
        expected: { status: 'Succeeded', output: { timeout: 2, keep: 'me' } },
        waits: [2],
      },
    ],
  },
  {
    id: 'S8',
    title: 'WaitForCustomCallback on a function, success and failure',
    ...definitions('s8'),
    runs: [
      {
        input: { what: 'tea' },
        expected: { status: 'Succeeded', output: { answer: 'yes', what: 'tea' } },
        report: { ok: true, output: { answer: 'yes' } },
        calls: { echo: 1 },
      },
      {
        input: { what: 'tea' },
        expected: { status: 'Succeeded', output: { answer: 'no', reason: 'too late' } },
        report: { ok: false, error: 'Declined', cause: 'too late' },
        calls: { echo: 1 },
      },
    ],
  },
  {
    id: 'S9',
    title: 'built-in functions, nested calls',
    ...definitions('s9'),
    runs: [
      {
        input: {
          list: ['Tom', 10],
          dups: [1, 2, 3, 1],
          name: 'Ann',
          m1: { name: 'Tom', age: 10 },
          m2: { name: 'Tim', city: 'bj' },
        },
        expected: {
          status: 'Succeeded',
          output: {
            has: true,
            uniq: [1, 2, 3],
            hello: 'hello Ann and x',
            plain: 'FnF',
            obj: { a: [1, 2] },
            md5: '900150983cd24fb0d6963f7d28e17f72',
            merged: { name: 'Tim', age: 10, city: 'bj' },
            len: [2, 2, 3],
            count: 3,
          },
        },
      },
    ],
  },
  {
    id: 'S10',
    title: 'global variables - written at state end, read later, $Output is the raw output',
    ...definitions('s10'),
    runs: [
      { input: { n: 6 }, expected: { status: 'Succeeded', output: { sum: [6, 36] } }, calls: { square: 1 } },
    ],
  },
  {
    id: 'S11',
    title: 'starting another flow without waiting',
    ...definitions('s11', { child: 'l12-child' }),
    runs: [
      {
        input: { n: 2 },
        expected: { status: 'Succeeded', output: { started: 'child-1', flow: 'child' } },
        calls: { square: 1 },
        children: { child: 1 },
      },
    ],
  },
];
