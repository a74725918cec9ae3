import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm } from '../../src/wire/form.ts';

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const table: readonly [string, readonly [string | undefined, string | undefined][]][] = [
  ['', []],
  ['&&', []],
  [
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['a', [['a', '']]],
  ['a=', [['a', '']]],
  ['=1', [['', '1']]],
  ['a=b=c', [['a', 'b=c']]],
  [
    'a=1&a=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  ['a=x+y%20z%2B', [['a', 'x y z+']]],
  ['a=%e4%BD%a0', [['a', '你']]],
  [utf8('a=你'), [['a', '你']]],
  ["a=*~!()'", [['a', "*~!()'"]]],
  ['%41%2e1=x', [['A.1', 'x']]],
  ['a=%', [['a', '%']]],
  ['a=%4', [['a', '%4']]],
  ['a=%zz%4g%', [['a', '%zz%4g%']]],
  ['a=100%25%', [['a', '100%%']]],
  ['a=%%41', [['a', '%A']]],
  ['a=%ff', [['a', undefined]]],
  ['%c3%28=1', [[undefined, '1']]],
  ['a=\xe9', [['a', undefined]]],
  ['a=%ed%a0%80', [['a', undefined]]],
  ['a=%00', [['a', '\0']]],
];

for (const [text, expected] of table)
  test(JSON.stringify(text), () => assert.deepEqual([...readForm(text)], expected));
