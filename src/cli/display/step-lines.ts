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
  readonly time: string;
  /** What went in and came out, or went wrong. */
  readonly story: string;
}

const WIDEST_LABEL = 40;
const INDENT = '  ';
const GAP = '  ';

export interface Drawing {
  readonly now: number;
  readonly screen: Screen;
  /** Only so many lines, those at the end. */
  readonly last?: number;
}

/**
 * A tree of steps, an indented line each: status, what it took, attempts, and what went in and came out, or went wrong.
 * On a terminal no line is wider than it.
 */
export function stepLines(steps: readonly Step[], { now, screen, last }: Drawing): string[] {
  const all = [...labelled(steps, INDENT)];
  const rows = (last === undefined ? all : all.slice(-last)).map(({ label, step }) => ({
    label: truncate(label, WIDEST_LABEL),
    step,
    time: timesOf(step, now),
    story: storyOf(step, screen),
  }));
  const widths = {
    label: widest(rows.map(({ label }) => label)),
    status: widest(rows.map(({ step }) => step.status)),
    time: widest(rows.map(({ time }) => time)),
  };
  return rows.map((row) => lineOf(row, widths, screen));
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

interface Widths {
  readonly label: number;
  readonly status: number;
  readonly time: number;
}

function lineOf({ label, step, time, story }: Row, widths: Widths, screen: Screen): string {
  const head = fill(label, widths.label) + GAP;
  const rest = ' '.repeat(widths.status - step.status.length) + GAP + fill(time, widths.time) + GAP + story;
  const left = screen.width === undefined ? undefined : screen.width - textWidth(head) - step.status.length;
  const shown = left === undefined ? rest : truncate(rest, Math.max(0, left));
  return `${head}${screen.paint(step.status, STATUS_COLOURS[step.status] ?? 'plain')}${shown}`.trimEnd();
}

const fill = (text: string, width: number): string => text + ' '.repeat(width - textWidth(text));

function* labelled(steps: readonly Step[], indent: string): Iterable<Pick<Row, 'label' | 'step'>> {
  for (const step of steps) {
    yield { label: `${indent}${printable(step.name)}`, step };
    yield* labelled(step.steps, `${indent}${INDENT}`);
  }
}

function timesOf({ startedAt, endedAt, attempts }: Step, now: number): string {
  const end = endedAt === null ? now : Date.parse(endedAt);
  const took = durationText(Math.max(0, end - Date.parse(startedAt)));
  return attempts > 1 ? `${took}, ${attempts} attempts` : took;
}

function storyOf({ input, output, error }: Step, { width }: Screen): string {
  const failure = error === null ? undefined : `${error.type}: ${error.message}`;
  // What came of a step is worth more room than what went in.
  const given = width === undefined ? (input ?? '') : truncate(input ?? '', Math.floor(width / 4));
  const values = [given, ...(failure === undefined ? [] : [failure]), ...(output === null ? [] : [output])];
  return printable(values.join(' → '));
}
