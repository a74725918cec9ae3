import { durationText } from '../../lib/duration.ts';
import type { Execution, HistoryEvent } from '../client/executions.ts';
import type { Colour } from './screen.ts';
import type { Cell } from './table.ts';

/** Of statuses of executions and steps. */
export const STATUS_COLOURS: Readonly<Record<string, Colour>> = {
  queued: 'dim',
  running: 'yellow',
  succeeded: 'green',
  failed: 'red',
  'timed-out': 'red',
  terminated: 'red',
  cancelled: 'dim',
  caught: 'yellow',
};

export const statusCell = ({ status }: Pick<Execution, 'status'>): Cell => ({
  text: status,
  colour: STATUS_COLOURS[status] ?? 'plain',
});

/** To the second, in UTC. */
export const timeText = (time: string): string => `${time.slice(0, 19).replace('T', ' ')}Z`;

/** How long it took, or has taken until now. */
export function tookText({ startedAt, endedAt }: Execution, now: number): string {
  const end = endedAt === null ? now : Date.parse(endedAt);
  return durationText(Math.max(0, end - Date.parse(startedAt)));
}

/** What came of it, or why it waits, as far as one line goes. */
export function reasonText({ error, waitingFor }: Execution): string {
  if (error !== null) return error.message === '' ? error.type : `${error.type}: ${error.message}`;
  const [first, ...others] = waitingFor;
  if (first === undefined) return '';
  return others.length === 0 ? first.text : `${first.text} (and ${others.length} more)`;
}

export const EVENT_COLUMNS = { titles: ['EVENT', 'TIME', 'TYPE', 'ATTRIBUTES'], expendable: ['TIME'] };

/** To the millisecond: the order of events and the gaps between them are what one looks for. */
export const eventRow = ({ id, time, type, summary }: HistoryEvent): readonly string[] => [
  String(id),
  time.replace('T', ' '),
  type,
  summary,
];

/** JSON values as they are, texts without quotes. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
