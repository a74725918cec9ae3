import type { Execution, HistoryEvent } from '../client/executions.ts';
import type { Output } from '../command.ts';
import { eventRow, reasonText, statusCell, tookText } from './execution-text.ts';
import type { Screen } from './screen.ts';
import { printable, truncate } from './text-width.ts';

/** Shows an execution again and again, each time with the events that are new. */
export interface View {
  show(execution: Execution, events: readonly HistoryEvent[], now: number): void;
}

const EVENTS_SHOWN = 10;

/** JSON: a record per change. Terminal: one picture, drawn in place. Else: a line per event, and one for the end. */
export function createView(output: Output, screen: Screen, isJson: boolean): View {
  if (isJson) return jsonView(output);
  return screen.width === undefined ? linesView(output) : pictureView(output, screen, screen.width);
}

function jsonView(output: Output): View {
  let shown = -1;
  return {
    show: (execution) => {
      if (execution.version === shown) return;
      shown = execution.version;
      output.write(`${JSON.stringify(execution)}\n`);
    },
  };
}

function linesView(output: Output): View {
  let reason = '';
  return {
    show: (execution, events, now) => {
      for (const event of events) output.write(`${eventLine(event)}\n`);
      const kinds = execution.waitingFor.map(({ text }) => withoutTimes(text)).join();
      const isEnd = execution.endedAt !== null;
      if (isEnd) output.write(`${printable(headline(execution, now))}\n`);
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
    show: (execution, events, now) => {
      newest = [...newest, ...events].slice(-EVENTS_SHOWN);
      const { text, colour } = statusCell(execution);
      const rest = truncate(printable(headline(execution, now).slice(text.length)), width - text.length);
      const body = [
        ...execution.waitingFor
          .slice(0, EVENTS_SHOWN)
          .map((waiting) => `  waiting: ${printable(waiting.text)}`),
        ...newest.map((event) => `  ${eventLine({ ...event, time: event.time.slice(11, 19) })}`),
      ];
      const lines = [screen.paint(text, colour) + rest, ...body.map((line) => truncate(line, width))];
      const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[J`;
      output.write(`${up}${lines.join('\n')}\n`);
      drawn = lines.length;
    },
  };
}

function headline(execution: Execution, now: number): string {
  const { status, name, type, error } = execution;
  const reason = error === null ? '' : `: ${reasonText(execution)}`;
  return `${status} ${execution.endedAt === null ? 'for' : 'after'} ${tookText(execution, now)}: ${name} (${type})${reason}`;
}

const eventLine = (event: HistoryEvent): string => {
  const [id = '', time = '', type = '', summary = ''] = eventRow(event);
  return printable(`${time}  ${id.padStart(4)}  ${type}  ${summary}`.trimEnd());
};
