import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { screenOf } from '../../../src/cli/display/screen.ts';
import { table } from '../../../src/cli/display/table.ts';
import { printable, textWidth, truncate } from '../../../src/cli/display/text-width.ts';

const silent = { write: () => true };
const terminal = (columns: number) => ({ ...silent, isTTY: true, columns });

describe('textWidth', () => {
  const cases: readonly (readonly [text: string, width: number])[] = [
    ['', 0],
    ['order', 5],
    ['Grüße', 5],
    ['e\u0301', 1],
    ['注文', 4],
    ['Ｆ', 2],
    ['ﾊﾝ', 2],
    ['👩‍👩‍👧', 2],
    ['a\u200bb', 2],
  ];
  for (const [text, width] of cases) {
    it(`gives ${width} for ${JSON.stringify(text)}`, () => assert.equal(textWidth(text), width));
  }
});

describe('truncate', () => {
  const cases: readonly (readonly [text: string, columns: number, expected: string])[] = [
    ['order', 5, 'order'],
    ['orders', 5, 'orde…'],
    ['注文注文', 8, '注文注文'],
    ['注文注文', 7, '注文注…'],
    ['注文注文', 6, '注文…'],
    ['ae\u0301io', 3, 'ae\u0301…'],
    ['order', 1, '…'],
    ['order', 0, ''],
  ];
  for (const [text, columns, expected] of cases) {
    it(`cuts ${text} to ${columns}`, () => assert.equal(truncate(text, columns), expected));
  }
});

describe('printable', () => {
  it('shows what would move the cursor or turn the text round', () => {
    assert.equal(printable('a\nb\tc\u001b[2Jd\u202ee\u0000'), 'a\\nb\\tc\\u001b[2Jd\\u202ee\\u0000');
    assert.equal(printable('注文 Grüße 👍'), '注文 Grüße 👍');
    assert.equal(printable('\ud800'), '\ufffd');
  });
});

describe('table', () => {
  const rows = [
    ['注文', 'x'.repeat(60), 'short'],
    ['b', 'y', 'z'.repeat(60)],
  ];

  it('aligns columns by what they take on the screen, and cuts nothing off a pipe', () => {
    const screen = screenOf(silent, {});
    const expected = [
      `ID    LONG${' '.repeat(58)}LAST`,
      `注文  ${'x'.repeat(60)}  short`,
      `b     y${' '.repeat(61)}${'z'.repeat(60)}`,
      '',
    ].join('\n');
    assert.equal(table({ titles: ['ID', 'LONG', 'LAST'] }, rows, screen), expected);
  });

  for (const columns of [120, 80, 60, 40, 12, 3]) {
    it(`fits ${columns} columns`, () => {
      const screen = screenOf(terminal(columns), { NO_COLOR: '1' });
      for (const line of table({ titles: ['ID', 'LONG', 'LAST'] }, rows, screen).split('\n'))
        assert.ok(textWidth(line) <= columns, `${textWidth(line)}: ${line}`);
    });
  }

  it('does without what is expendable rather than without the last column', () => {
    const columns = { titles: ['ID', 'SCOPE', 'TYPE', 'LAST'], expendable: ['SCOPE', 'TYPE'] };
    const row = ['one', 'a scope', 'a type', 'r'.repeat(30)];
    const head = (width: number): string =>
      table(columns, [row], screenOf(terminal(width), { NO_COLOR: '1' })).split('\n')[0] ?? '';
    assert.match(head(52), /^ID +SCOPE +TYPE +LAST$/);
    assert.match(head(51), /^ID +TYPE +LAST$/);
    assert.match(head(42), /^ID +LAST$/);
  });
});
