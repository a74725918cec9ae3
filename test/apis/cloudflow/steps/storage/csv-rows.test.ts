import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvRows } from '../../../../../src/apis/cloudflow/steps/storage/csv-rows.ts';

function rowsOf(pieces: Iterable<string>): (readonly string[])[] {
  const rows = new CsvRows();
  const found: (readonly string[])[] = [];
  for (const piece of pieces) found.push(...rows.add(piece));
  return [...found, ...rows.end()];
}

const TEXTS: readonly (readonly [text: string, rows: readonly (readonly string[])[]])[] = [
  ['', []],
  ['\n', []],
  ['a', [['a']]],
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a\rb\r', [['a'], ['b']]],
  ['a\n\n\nb', [['a'], ['b']]],
  [',\n', [['', '']]],
  [
    'a,\n,b',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['""', [['']]],
  ['"a,b","c\r\nd"\n', [['a,b', 'c\r\nd']]],
  ['"say ""hi""",x', [['say "hi"', 'x']]],
  ['"",""\n"a"', [['', ''], ['a']]],
  [' a , b ', [[' a ', ' b ']]],
  ['é,漢,😀\n', [['é', '漢', '😀']]],
];
for (const [text, rows] of TEXTS) {
  test(`rows of ${JSON.stringify(text)}, in one piece and cut anywhere`, () => {
    assert.deepEqual(rowsOf([text]), rows);
    assert.deepEqual(rowsOf(text.split('')), rows);
    for (let at = 1; at < text.length; at++)
      assert.deepEqual(rowsOf([text.slice(0, at), text.slice(at)]), rows);
  });
}

for (const [text, message] of [
  ['"a', 'a quoted field has no end'],
  ['"a"b', 'there is text after the end of a quoted field'],
  ['a"b"', 'there is a quote within a field'],
] as const) {
  test(`${text} is no CSV`, () => {
    assert.throws(() => rowsOf([text]), { name: 'CsvError', message });
    assert.throws(() => rowsOf(text.split('')), { name: 'CsvError', message });
  });
}

test('what is not complete is counted', () => {
  const rows = new CsvRows();
  assert.deepEqual([...rows.add('a,b\n12,"345')], [['a', 'b']]);
  assert.equal(rows.pending, 5);
});
