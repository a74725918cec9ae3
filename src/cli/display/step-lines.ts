import { durationText } from '../../lib/duration.ts';
import type { Step } from '../client/executions.ts';
import { STATUS_COLOURS } from './execution-text.ts';
import type { Screen } from './screen.ts';
import { printable, textWidth, truncate } from './text-width.ts';

/** A line of the tree before it is aligned. */
interface Row {
  /** Indented by what the step is in. */
  readonly label: string;
  readonly step: Step;
}

const WIDEST_LABEL = 40;
const STATUS_WIDTH = 11;

const INDENT = '  ';

/**
 * A tree of steps, an indented line each: status, what it took, attempts, and what went in and came out, or went wrong.
 * On a terminal no line is wider than it.
 */
export function stepLines(steps: readonly Step[], now: number, screen: Screen): string[] {
  const rows = [...rowsOf(steps, INDENT)];
  const width = Math.min(WIDEST_LABEL, Math.max(0, ...rows.map(({ label }) => textWidth(label))));
  return rows.map(({ label, step }) => {
    const name = truncate(label, width);
    const head = `${name}${' '.repeat(width - textWidth(name))}  `;
    const rest = printable(`  ${storyOf(step, now, screen)}`);
    const taken = head.length + STATUS_WIDTH;
    const status = screen.paint(step.status, STATUS_COLOURS[step.status] ?? 'plain');
    const shown = screen.width === undefined ? rest : truncate(rest, Math.max(0, screen.width - taken));
    return `${head}${status}${' '.repeat(Math.max(0, STATUS_WIDTH - 2 - step.status.length))}${shown}`.trimEnd();
  });
}

function* rowsOf(steps: readonly Step[], indent: string): Iterable<Row> {
  for (const step of steps) {
    yield { label: `${indent}${printable(step.name)}`, step };
    yield* rowsOf(step.steps, `${indent}${INDENT}`);
  }
}

function storyOf(step: Step, now: number, { width }: Screen): string {
  const { startedAt, endedAt, attempts, input, output, error } = step;
  const end = endedAt === null ? now : Date.parse(endedAt);
  const times = [
    durationText(Math.max(0, end - Date.parse(startedAt))),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ];
  const failure = error === null ? undefined : `${error.type}: ${error.message}`;
  // What came of a step is worth more room than what went in.
  const given = width === undefined ? (input ?? '') : truncate(input ?? '', Math.floor(width / 4));
  const values = [given, ...(failure === undefined ? [] : [failure]), ...(output === null ? [] : [output])];
  return `${times.join(', ')}  ${values.join(' → ')}`;
}
