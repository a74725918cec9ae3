import type { Colour, Screen } from './screen.ts';
import { printable, textWidth, truncate } from './text-width.ts';

export interface Cell {
  readonly text: string;
  readonly colour: Colour;
}

const GAP = '  ';
const WIDEST_CELL = 40;

/** Aligned columns under their titles; on a terminal no line is wider than it, and only the last column is long. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly (string | Cell)[])[],
  screen: Screen,
): string {
  const head = titles.map((text): Cell => ({ text, colour: 'dim' }));
  const lines = [head, ...rows.map((row) => row.map((cell) => toCell(cell, screen)))];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  const last = titles.length - 1;
  if (screen.width !== undefined) limit(widths, screen.width);
  return lines
    .map((line) =>
      line
        .map((cell, column) => fill(cell, { width: widths[column] ?? 0, isLast: column === last }, screen))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function toCell(cell: string | Cell, { width }: Screen): Cell {
  const { text, colour } = typeof cell === 'string' ? { text: cell, colour: 'plain' as const } : cell;
  // Nobody sees more of a cell than a terminal is wide: measuring a megabyte would only cost time.
  return { text: printable(width === undefined ? text : text.slice(0, width * 2)), colour };
}

const widthOf = (cell: Cell | undefined): number => (cell === undefined ? 0 : textWidth(cell.text));

/** Columns but the last are cut to a bearable width; what is left of the line is the last one's. */
function limit(widths: number[], total: number): void {
  let left = total;
  for (const [column, width] of widths.entries()) {
    const most = column === widths.length - 1 ? left : Math.min(WIDEST_CELL, left);
    widths[column] = Math.max(0, Math.min(width, most));
    left -= (widths[column] ?? 0) + GAP.length;
  }
}

function fill(cell: Cell, { width, isLast }: { width: number; isLast: boolean }, screen: Screen): string {
  const text = truncate(cell.text, width);
  const space = isLast ? '' : ' '.repeat(width - textWidth(text));
  return screen.paint(text, cell.colour) + space;
}
