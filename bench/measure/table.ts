import { isMet, median, type Row, ratioOf, type Target } from './report.ts';

/** The rows as one aligned table in Markdown; each round shows ours and, after a slash, what it is compared with. */
export function asTable(rows: readonly Row[]): string {
  const rounds = Math.max(0, ...rows.map((row) => row.ours.length));
  const heads = ['what', ...Array.from({ length: rounds }, (_, round) => `round ${round + 1}`)];
  const lines = [[...heads, 'median', 'compared with', 'ratio', 'target', ''], ...rows.map(cellsOf(rounds))];
  const widths = heads.concat('', '', '', '', '').map((_, column) => widthOf(lines, column));
  const printed = lines.map((line) => printLine(line, widths));
  return [
    printed[0],
    printLine(
      widths.map((width) => '-'.repeat(width)),
      widths,
    ),
    ...printed.slice(1),
  ].join('\n');
}

function cellsOf(rounds: number): (row: Row) => string[] {
  return (row) => {
    const ratio = ratioOf(row);
    const perRound = Array.from({ length: rounds }, (_, round) => pair(row, (values) => values[round]));
    return [
      row.what,
      ...perRound,
      pair(row, median),
      row.compared?.with ?? '',
      ratio === undefined ? '' : ratio.toFixed(2),
      row.target ? targetText(row.target) : '',
      verdict(isMet(row)),
    ];
  };
}

function pair(row: Row, pick: (values: readonly number[]) => number | undefined): string {
  const ours = figure(pick(row.ours));
  return row.compared ? `${ours} / ${figure(pick(row.compared.values))}` : ours;
}

/** Three significant digits, never fewer than the whole number. */
function figure(value: number | undefined): string {
  if (value === undefined) return '';
  const magnitude = Math.floor(Math.log10(Math.max(Math.abs(value), 0.01)));
  return value.toFixed(Math.max(0, 2 - magnitude));
}

function targetText({ of, bound, limit }: Target): string {
  return `${bound === 'at least' ? '≥' : '≤'} ${limit}${of === 'ratio' ? ' ×' : ''}`;
}

function verdict(met: boolean | undefined): string {
  if (met === undefined) return '';
  return met ? 'met' : 'missed';
}

function widthOf(lines: readonly (readonly string[])[], column: number): number {
  return Math.max(...lines.map((line) => line[column]?.length ?? 0));
}

function printLine(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
}
