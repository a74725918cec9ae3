import type { Colour, Screen } from './screen.ts';
import { printable, textWidth, truncate } from './text-width.ts';

export interface Cell {
  readonly text: string;
  readonly colour: Colour;
}

const GAP = '  ';
const WIDEST_CELL = 40;
const ROOM_FOR_LAST = 30;
const EMPTY: Cell = { text: '', colour: 'plain' };

export interface Columns {
  readonly titles: readonly string[];
  /** Titles of those that a narrow terminal does without, the first to go first. */
  readonly expendable?: readonly string[];
}

type Row = readonly (string | Cell)[];

/** Aligned columns under their titles; on a terminal no line is wider than it, and the last column is the long one. */
export function table({ titles, expendable = [] }: Columns, rows: readonly Row[], screen: Screen): string {
  const head = titles.map((text): Cell => ({ text, colour: 'dim' }));
  const lines = [head, ...rows.map((row) => row.map((cell) => toCell(cell, screen)))];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  const kept = keptColumns(
    widths,
    expendable.map((title) => titles.indexOf(title)),
    screen,
  );
  const shown = kept.map((column) => widths[column] ?? 0);
  if (screen.width !== undefined) limit(shown, screen.width);
  return lines
    .map((line) =>
      kept
        .map((column, place) => {
          const isLast = place === kept.length - 1;
          return fill(line[column] ?? EMPTY, { width: shown[place] ?? 0, isLast }, screen);
        })
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** All columns, or those with which the last one has room on this terminal. */
function keptColumns(widths: readonly number[], expendable: readonly number[], { width }: Screen): number[] {
  let kept = [...widths.keys()];
  if (width === undefined) return kept;
  for (const column of expendable) {
    const others = kept.slice(0, -1).map((at) => Math.min(WIDEST_CELL, widths[at] ?? 0) + GAP.length);
    const needed = Math.min(ROOM_FOR_LAST, widths.at(-1) ?? 0);
    if (others.reduce((sum, taken) => sum + taken, needed) <= width) break;
    kept = kept.filter((at) => at !== column);
  }
  return kept;
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
