import { createClient } from '../client/client.ts';
import { CONNECTION_OPTIONS, connectionOf } from '../client/connection.ts';
import { readHistory } from '../client/executions.ts';
import { type Invocation, JSON_OPTION, Misuse, type Option } from '../command.ts';
import { EVENT_COLUMNS, eventRow } from '../display/execution-text.ts';
import { screenOf } from '../display/screen.ts';
import { table } from '../display/table.ts';

export const name = 'history';
export const summary = 'print the events of an execution';
export const options: readonly Option[] = [
  { flags: '--from <EVENT>', meaning: 'begin with this event' },
  { flags: '--limit <COUNT>', meaning: 'how many at the most (default all)' },
  { flags: '--reverse', meaning: 'newest first' },
  ...CONNECTION_OPTIONS,
  JSON_OPTION,
];
export const parameters = [{ name: 'ID', meaning: 'id as `orrery executions` shows it' }];

export async function run(invocation: Invocation): Promise<number> {
  const {
    options: given,
    parameters: [id = ''],
    stdout,
    stderr,
  } = invocation;
  const get = createClient(connectionOf(given, process.env));
  const events = await readHistory(get, id, {
    from: whole('--from', given.from),
    limit: whole('--limit', given.limit),
    reverse: given.reverse === true,
  });
  if (given.json === true) stdout.write(`${JSON.stringify({ events })}\n`);
  else if (events.length === 0) stderr.write('orrery: there are no events from there on\n');
  else stdout.write(table(EVENT_COLUMNS, events.map(eventRow), screenOf(stdout, process.env)));
  return 0;
}

function whole(option: string, given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(String(given))) throw new Misuse(`${option} must be a whole number, 1 or more`);
  return Number(given);
}
