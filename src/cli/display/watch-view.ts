import type { Execution, HistoryEvent, Step } from '../client/executions.ts';
import type { Output } from '../command.ts';
import { eventRow, reasonText, statusCell, tookText } from './execution-text.ts';
import type { Screen } from './screen.ts';
import { stepLines } from './step-lines.ts';
import { printable, truncate } from './text-width.ts';

/** Shows an execution again and again, each time with the events that are new. */
export interface View {
  /** Whether what is shown next has steps in it. */
  needsSteps(execution: Execution): boolean;
  show(execution: Execution, news: News, now: number): void;
}

export interface News {
  /** Since the last time. */
  readonly events: readonly HistoryEvent[];
  /** All of them; none unless they are needed, nor where an execution is not made of steps. */
  readonly steps: readonly Step[];
}

const EVENTS_SHOWN = 10;
const STEPS_SHOWN = 20;
/** Lines that are printed one by one are aligned for types as long as this, and then for the longest so far. */
const TYPE_WIDTH = 28;

/** JSON: a record per change. Terminal: one picture, drawn in place. Else: a line per event, and the end with the steps. */
export function createView(output: Output, screen: Screen, isJson: boolean): View {
  if (isJson) return jsonView(output);
  return screen.width === undefined ? linesView(output, screen) : pictureView(output, screen, screen.width);
}

function jsonView(output: Output): View {
  let shown = -1;
  return {
    needsSteps: () => false,
    show: (execution) => {
      if (execution.version === shown) return;
      shown = execution.version;
      output.write(`${JSON.stringify(execution)}\n`);
    },
  };
}

function linesView(output: Output, screen: Screen): View {
  let reason = '';
  let typeWidth = TYPE_WIDTH;
  return {
    needsSteps: ({ endedAt }) => endedAt !== null,
    show: (execution, { events, steps }, now) => {
      typeWidth = widthOfTypes(events, typeWidth);
      for (const event of events) output.write(`${eventLine(event, typeWidth)}\n`);
      const kinds = execution.waitingFor.map(({ text }) => withoutTimes(text)).join();
      const isEnd = execution.endedAt !== null;
      if (isEnd)
        output.write(
          [...stepLines(steps, { now, screen }), printable(headline(execution, now)), ''].join('\n'),
        );
      else if (kinds !== reason) output.write(`waiting: ${printable(reasonText(execution))}\n`);
      reason = kinds;
    },
  };
}

/** Time alone does not make it news. */
const withoutTimes = (text: string): string => text.replace(/\d+ (?:d|h|min|s)\b/g, '');

function pictureView(output: Output, screen: Screen, width: number): View {
  let drawn = 0;
  let newest: readonly HistoryEvent[] = [];
  return {
    needsSteps: () => true,
    show: (execution, { events, steps }, now) => {
      newest = [...newest, ...events].slice(-EVENTS_SHOWN);
      const { text, colour } = statusCell(execution);
      const rest = truncate(printable(headline(execution, now).slice(text.length)), width - text.length);
      const waits = execution.waitingFor.slice(0, EVENTS_SHOWN);
      const body =
        steps.length > 0
          ? stepLines(steps, { now, screen, last: STEPS_SHOWN })
          : newest.map((event) => truncate(`  ${eventLine(atClock(event), widthOfTypes(newest))}`, width));
      const lines = [
        screen.paint(text, colour) + rest,
        ...waits.map((waiting) => truncate(`  waiting: ${printable(waiting.text)}`, width)),
        ...body,
      ];
      const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[J`;
      output.write(`${up}${lines.join('\n')}\n`);
      drawn = lines.length;
    },
  };
}

function headline(execution: Execution, now: number): string {
  const { status, name, subject, type, error } = execution;
  const reason = error === null ? '' : `: ${reasonText(execution)}`;
  return `${status} ${execution.endedAt === null ? 'for' : 'after'} ${tookText(execution, now)}: ${subject ?? name} (${type})${reason}`;
}

/** The time of the day is enough for who looks at it. */
const atClock = (event: HistoryEvent): HistoryEvent => ({ ...event, time: event.time.slice(11, 19) });

const widthOfTypes = (events: readonly HistoryEvent[], least = 0): number =>
  Math.max(least, ...events.map(({ type }) => type.length));

function eventLine(event: HistoryEvent, typeWidth: number): string {
  const [id = '', time = '', type = '', summary = ''] = eventRow(event);
  return printable(`${time}  ${id.padStart(4)}  ${type.padEnd(typeWidth)}  ${summary}`.trimEnd());
}
